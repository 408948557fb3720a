# Bank holidays, exact multinomial tests and weekday models by R. Run: Rscript make.R chicago_aggravated_assaults.csv.gz > expected.json
suppressMessages(library(timeDate))
s <- function(v) paste0("[", paste(sprintf("%.17g", v), collapse = ","), "]")
london <- as.character(holidayLONDON(1978:2025))
easter <- as.character(Easter(1978:2060))
exact <- function(x, p, kind) {
  n <- sum(x); k <- length(x)
  all <- as.matrix(expand.grid(rep(list(0:n), k - 1))); all <- all[rowSums(all) <= n, , drop = FALSE]; all <- cbind(all, n - rowSums(all))
  stat <- function(o) { e <- n * p; d <- cumsum(o / n - p)
    switch(kind, G = 2 * sum(ifelse(o > 0, o * log(o / e), 0)), chiSquare = sum((o - e)^2 / e), ks = max(abs(d)), kuiper = max(0, d) + max(0, -d)) }
  v <- apply(all, 1, stat); pr <- apply(all, 1, function(o) dmultinom(o, prob = p))
  list(stat(x), sum(pr[v >= stat(x) - 1e-9]))
}
cases <- list(list(c(3, 1, 2, 0, 0, 1), rep(1, 6) / 6), list(c(0, 0, 1, 0, 2, 5, 1), rep(1, 7) / 7), list(c(4, 0, 1, 1), c(.4, .3, .2, .1)),
  list(c(2, 2, 2, 2), rep(1, 4) / 4), list(c(1, 0, 6, 2, 1), c(5, 4, 4, 4, 5) / 22))
rows <- unlist(lapply(cases, function(z) sapply(c("G", "chiSquare", "ks", "kuiper"), function(kind) {
  r <- exact(z[[1]], z[[2]], kind)
  sprintf("{\"counts\":%s,\"shares\":%s,\"kind\":\"%s\",\"statistic\":%.17g,\"p\":%.17g}", s(z[[1]]), s(z[[2]]), kind, r[[1]], r[[2]]) })))
d <- read.csv(commandArgs(TRUE)[1]); day <- as.Date(substr(d[[grep("date", names(d))[1]]], 1, 10)); day <- day[day >= "2018-01-01" & day < "2020-01-01"]
span <- seq(as.Date("2018-01-01"), as.Date("2019-12-31"), by = "day"); count <- as.numeric(table(factor(as.character(day), as.character(span))))
week <- factor((as.numeric(span) + 3) %% 7)
fit <- glm(count ~ week, quasipoisson, epsilon = 1e-15, maxit = 100); phi <- summary(fit)$dispersion
flat <- sum((tapply(count, week, sum) - mean(count) * table(week))^2 / (mean(count) * table(week)))
f <- flat / 6 / phi
cat("{\"by\":\"", R.version.string, ", timeDate ", as.character(packageVersion("timeDate")), "\",\n\"london\":[\"", paste(london, collapse = "\",\""),
  "\"],\n\"easter\":[\"", paste(easter, collapse = "\",\""), "\"],\n\"exact\":[\n", paste(rows, collapse = ",\n"), "],\n\"chicago\":", s(count),
  sprintf(",\n\"dispersion\":%.17g,\"f\":%.17g,\"fP\":%.17g}\n", phi, f, pf(f, 6, length(count) - 7, lower.tail = FALSE)), sep = "")
