# Control chart limits, dispersion tests and rules by R, on R's data. Run: Rscript make.R > expected.json
s <- function(v) paste0("[", paste(sprintf("%.17g", v), collapse = ","), "]")
rules <- function(z, x) {                       # one row of flags a point, by the plain definitions
  n <- length(z); out <- integer(n)
  for (i in seq_len(n)) {
    if (abs(z[i]) > 3) out[i] <- out[i] + 1
    if (i >= 8 && abs(sum(sign(z[(i - 7):i]))) == 8) out[i] <- out[i] + 2
    if (i >= 6 && abs(sum(sign(diff(x[(i - 5):i])))) == 5) out[i] <- out[i] + 4
    if (abs(z[i]) > 2 && any(z[max(1, i - 2):max(1, i - 1)][seq_len(min(2, i - 1))] * sign(z[i]) > 2)) out[i] <- out[i] + 8
  }
  out
}
case <- function(name, x, days, base, chart) {
  b <- x[1:base]; d <- days[1:base]
  fit <- glm(b ~ 1 + offset(log(d)), family = poisson)
  chi <- sum(residuals(fit, "pearson")^2)
  centre <- if (chart == "u") sum(b) / sum(d) * days else rep(mean(b), length(x))
  sigma <- if (chart == "xmr") rep(mean(abs(diff(b))) / (2 / sqrt(pi)), length(x)) else sqrt(centre)
  z <- (x - centre) / sigma; after <- (base + 1):length(x)
  sprintf("{\"data\":\"%s\",\"chart\":\"%s\",\"baseline\":%d,\"counts\":%s,\n\"centre\":%s,\n\"upper\":%s,\n\"lower\":%s,\"index\":%.17g,\"pValue\":%.17g,\"rules\":%s}",
    name, chart, base, s(x), s(centre), s(centre + 3 * sigma), s(pmax(0, centre - 3 * sigma)), chi / (base - 1),
    pchisq(chi, base - 1, lower.tail = FALSE), s(rules(z[after], (if (chart == "u") x / days else x)[after])))
}
months <- seq(as.Date("1969-01-01"), by = "month", length.out = 193)
length_of <- as.numeric(diff(months))
drivers <- as.numeric(UKDriverDeaths); killed <- as.numeric(Seatbelts[, "VanKilled"])
cat("{\"by\":\"", R.version.string, "\",\"cases\":[\n", paste(c(
  case("UKDriverDeaths", drivers, length_of, 24, "xmr"), case("UKDriverDeaths", drivers, length_of, 60, "u"),
  case("VanKilled", killed, length_of, 60, "u"), case("VanKilled", killed, length_of, 60, "c"),
  case("VanKilled", killed, length_of, 48, "xmr")), collapse = ",\n"), "]}\n", sep = "")
