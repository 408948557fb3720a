# Per-unit tests of two patterns as stats::chisq.test, fisher.test and p.adjust give them; counts are made here.
set.seed(5)
n <- 60
base <- c(rnbinom(n - 4, size = 0.4, mu = 6), 0, 0, 40, 3)
test <- c(rpois(n - 4, 0.8 * base[1:(n - 4)]), 0, 5, 12, 0)
N1 <- sum(base); N2 <- sum(test); N <- N1 + N2
chi <- sapply(seq_len(n), function(i) {
  r <- suppressWarnings(chisq.test(matrix(c(base[i], test[i], N1 - base[i], N2 - test[i]), 2), correct = FALSE))
  pchisq(as.numeric(r$statistic) * (N - 1) / N, 1, lower.tail = FALSE)
})
fisher <- sapply(seq_len(n), function(i)
  if (base[i] + test[i] == 0) NA else fisher.test(matrix(c(base[i], test[i], N1 - base[i], N2 - test[i]), 2))$p.value)
number <- function(v) paste0("[", paste(ifelse(is.na(v), "null", sprintf("%.15g", v)), collapse = ","), "]")
by <- p.adjust(chi, "BY"); bh <- p.adjust(chi, "BH"); fby <- p.adjust(fisher, "BY")
cat(sprintf('{"versions":{"R":"%s"},"base":%s,"test":%s,"chi":%s,"fisher":%s,"chiBY":%s,"chiBH":%s,"fisherBY":%s}\n',
  getRversion(), number(base), number(test), number(chi), number(fisher), number(by), number(bh), number(fby)))
