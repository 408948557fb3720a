# Intervals of the generalised Gini without bias by the package boot (BCa, resampling units): the way of lorenzgini.
library(boot)
unbiased <- function(x) {
  n <- length(x); total <- sum(x); x <- sort(x)
  g <- 2 * sum(x * seq_len(n)) / (n * total) - (n + 1) / n
  m <- min(n, total)
  (max(1, n / total) * (g - 1) + 1) * m / (m - 1)
}
counts <- rep(0:5, c(433, 325, 169, 58, 11, 4))
set.seed(1)
sample <- boot(counts, function(x, i) unbiased(x[i]), R = 9999)
interval <- boot.ci(sample, type = "bca", index = 1)$bca[4:5]
cat(sprintf('{"versions": {"R": "%s", "boot": "%s"}, "unbiased": %.12f, "low": %.6f, "high": %.6f}\n',
  getRversion(), packageVersion("boot"), unbiased(counts), interval[1], interval[2]))
