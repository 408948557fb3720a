# Kinds of offence in Leicestershire, November 2021 to October 2022 against the year before: poisson.test and the
# dispersion of a quasi-Poisson model. Run: Rscript make.R leicestershire-folder > expected.json
files <- sort(list.files(commandArgs(TRUE)[1], full.names = TRUE, pattern = "street"))
d <- do.call(rbind, lapply(files, function(f) read.csv(f, colClasses = "character")[, c("Month", "Crime.type")]))
month <- format(seq(as.Date("2020-11-01"), by = "month", length.out = 24), "%Y-%m")
d <- d[d$Month %in% month, ]
types <- sort(unique(d$Crime.type), method = "radix")
t <- table(factor(d$Crime.type, types), factor(d$Month, month))
s <- function(v) paste0("[", paste(sprintf("%.17g", v), collapse = ","), "]")
row <- function(k) {
  a <- sum(t[k, 13:24]); b <- sum(t[k, 1:12])
  x <- poisson.test(c(a, b), c(365, 365))
  sprintf("{\"type\":\"%s\",\"counts\":%s,\"ratio\":%.17g,\"low\":%.17g,\"high\":%.17g,\"p\":%.17g}", types[k], s(t[k, ]), x$estimate, x$conf.int[1], x$conf.int[2], x$p.value)
}
g <- expand.grid(type = types, at = 1:24); g$count <- t[cbind(match(g$type, types), g$at)]
g$pair <- factor((g$at - 1) %% 12); g$period <- factor((g$at - 1) %/% 12)
fit <- glm(count ~ type:pair + type:period - 1, quasipoisson, g, epsilon = 1e-14, maxit = 100)
pearson <- sum((g$count - fitted(fit))^2 / fitted(fit)); df <- fit$df.residual
cat(sprintf("{\"by\":\"%s\",\"dispersion\":%.17g,\"df\":%d,\"dispersionP\":%.17g,\"types\":[\n%s]}\n", R.version.string, pearson / df, df,
  pchisq(pearson, df, lower.tail = FALSE), paste(sapply(seq_along(types), row), collapse = ",\n")))
