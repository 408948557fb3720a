# R's stl on its own data sets and on the months of Leicestershire. Run: Rscript make.R leicestershire-folder > expected.json
files <- sort(list.files(commandArgs(TRUE)[1], full.names = TRUE, pattern = "street"))
months <- sapply(files, function(f) length(readLines(f)) - 1)
leicestershire <- ts(unname(months), start = c(2019, 12), frequency = 12)
s <- function(v) paste0("[", paste(sprintf("%.17g", v), collapse = ","), "]")
case <- function(name, x, window, robust, t = NULL) {
  fit <- stl(x, s.window = window, robust = robust, t.window = t)
  sprintf("{\"data\":\"%s\",\"values\":%s,\"period\":%d,\"window\":%s,\"trendWindow\":%s,\"usedTrendWindow\":%d,\"robust\":%s,\n\"seasonal\":%s,\n\"trend\":%s,\n\"weights\":%s}",
    name, s(x), frequency(x), if (is.character(window)) "null" else window, if (is.null(t)) "null" else t, fit$win["t"],
    tolower(robust), s(fit$time.series[, "seasonal"]), s(fit$time.series[, "trend"]), s(fit$weights))
}
quarters <- window(UKgas, 1970)
cat("{\"by\":\"", R.version.string, "\",\"cases\":[\n", paste(c(
  case("nottem", nottem, "periodic", FALSE), case("nottem", nottem, "periodic", TRUE), case("nottem", nottem, 7, FALSE),
  case("nottem", nottem, 13, TRUE, 31), case("co2", window(co2, 1975), 35, FALSE), case("co2", window(co2, 1975), "periodic", TRUE),
  case("UKgas", quarters, 5, TRUE), case("leicestershire", leicestershire, "periodic", FALSE),
  case("leicestershire", leicestershire, "periodic", TRUE), case("leicestershire", leicestershire, 7, TRUE)), collapse = ",\n"), "]}\n", sep = "")
