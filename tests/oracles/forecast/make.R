# Exponential smoothing and seasonal naive forecasts by the package forecast. Run: Rscript make.R leicestershire-folder > expected.json
suppressMessages(library(forecast))
s <- function(v) paste0("[", paste(sprintf("%.17g", v), collapse = ","), "]")
files <- sort(list.files(commandArgs(TRUE)[1], full.names = TRUE, pattern = "street"))
leicestershire <- ts(unname(sapply(files, function(f) length(readLines(f)) - 1)), start = c(2019, 12), frequency = 12)
data <- list(leicestershire = leicestershire, AirPassengers = AirPassengers, UKDriverDeaths = UKDriverDeaths, nottem = nottem)
models <- list(list("ANN", FALSE), list("ANA", FALSE), list("AAN", TRUE), list("AAA", TRUE))
rows <- c()
for (name in names(data)) {
  y <- data[[name]]
  naive <- snaive(y, h = 15, level = c(80, 95))
  fits <- sapply(models, function(m) {
    fit <- ets(y, model = m[[1]], damped = m[[2]])
    p <- fit$par; g <- function(k, d) if (k %in% names(p)) p[[k]] else d
    season <- if (substr(m[[1]], 3, 3) == "A") rev(fit$initstate[grep("^s", names(fit$initstate))]) else c()
    f <- forecast(fit, h = 15)
    sprintf("{\"model\":\"%s%s\",\"alpha\":%.17g,\"beta\":%.17g,\"gamma\":%.17g,\"phi\":%.17g,\"level\":%.17g,\"trend\":%.17g,\"season\":%s,\"sse\":%.17g,\"mean\":%s}",
      m[[1]], if (m[[2]]) "d" else "", g("alpha", 0), g("beta", 0), g("gamma", 0), g("phi", 1), fit$initstate[["l"]],
      if ("b" %in% names(fit$initstate)) fit$initstate[["b"]] else 0, s(unname(season)), sum(residuals(fit)^2), s(f$mean))
  })
  rows <- c(rows, sprintf("{\"data\":\"%s\",\"values\":%s,\n\"naive\":%s,\"naive95\":%s,\n\"fits\":[%s]}", name, s(y), s(naive$mean), s(naive$upper[, 2]), paste(fits, collapse = ",\n")))
}
cat("{\"by\":\"", R.version.string, ", forecast ", as.character(packageVersion("forecast")), "\",\"cases\":[\n", paste(rows, collapse = ",\n"), "]}\n", sep = "")
