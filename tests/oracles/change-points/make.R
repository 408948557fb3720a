# The best cut of counts into Poisson spells by dynamic programming over dpois. Run: Rscript make.R > expected.json
s <- function(v) paste0("[", paste(sprintf("%.17g", v), collapse = ","), "]")
cut <- function(name, x, penalty, shortest) {
  n <- length(x)
  cost <- function(i, j) -2 * sum(dpois(x[i:j], mean(x[i:j]), log = TRUE))
  best <- c(-penalty, rep(Inf, n)); from <- integer(n)
  for (t in shortest:n) for (b in 0:(t - shortest)) if (best[b + 1] < Inf) {
    v <- best[b + 1] + cost(b + 1, t) + penalty
    if (v < best[t + 1]) { best[t + 1] <- v; from[t] <- b }
  }
  starts <- c(); t <- n
  while (from[t] > 0) { t <- from[t]; starts <- c(t, starts) }
  constant <- -2 * sum(x * 0 - lfactorial(x))
  sprintf("{\"data\":\"%s\",\"counts\":%s,\"penalty\":%.17g,\"shortest\":%d,\"starts\":%s,\"cost\":%.17g}", name, s(x), penalty, shortest,
    s(starts), best[n + 1] - constant)
}
coal <- tabulate(floor(boot::coal$date) - 1850, 112)
disc <- as.numeric(discoveries); van <- as.numeric(Seatbelts[, "VanKilled"])
out <- c()
for (p in c(3, 1, 0.5)) out <- c(out, cut("coal", coal, p * log(112), 3), cut("discoveries", disc, p * log(100), 2), cut("VanKilled", van, p * log(192), 5))
cat("{\"by\":\"", R.version.string, "\",\"cases\":[\n", paste(out, collapse = ",\n"), "]}\n", sep = "")
