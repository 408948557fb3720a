# Tables of R's distribution functions, 17 digits. Run: Rscript make.R > expected.json
num <- function(v) ifelse(is.finite(v), sprintf("%.17g", v), ifelse(is.nan(v), "null", ifelse(v > 0, "\"Inf\"", "\"-Inf\"")))
rows <- function(name, ...) {
  cols <- list(...)
  body <- apply(sapply(cols, num), 1, function(r) paste0("[", paste(r, collapse = ","), "]"))
  sprintf("\"%s\":[\n%s\n]", name, paste(body, collapse = ",\n"))
}
out <- c(sprintf("\"by\":\"%s\"", R.version.string))
x <- c(1e-8, 0.001, 0.3, 0.5, 0.999, 1, 1.0001, 1.4999, 1.5, 1.9, 2, 2.0001, 2.4, 2.6, 5.5, 9.99, 10, 30, 171.3, 20000, 1e6, 1e12)
out <- c(out, rows("logGamma", x, lgamma(x)))

g <- expand.grid(q = 10^c(-300, -200, -100, -50, -20, -9, -4, -2, -1, log10(.3)), a = c(.05, .5, 1, 2.5, 9, 40, 333, 20000))
lo <- qgamma(g$q, g$a); up <- qgamma(g$q, g$a, lower.tail = FALSE)
gg <- rbind(data.frame(a = g$a, x = lo), data.frame(a = g$a, x = up),
  expand.grid(a = c(1e-5, .01, .05, .5, 1, 2.5, 9, 40, 333, 20000), x = c(1e-6, .01, .3, .7, 1, 1.5, 8, 35, 300, 330, 400, 19000, 20000, 20010, 22000, 26000)))
gg <- gg[gg$x > 0, ]
out <- c(out, rows("gamma", gg$x, gg$a, pgamma(gg$x, gg$a), pgamma(gg$x, gg$a, lower.tail = FALSE)))
out <- c(out, rows("gammaQuantile", g$q, g$a, lo, up))

s <- list(c(.5,.5), c(.5,5), c(5,.5), c(1,1), c(2,3), c(13,2), c(40,60), c(1,300), c(300,2), c(1500,2500), c(20000,20000), c(20000,300), c(2,40000))
b <- do.call(rbind, lapply(s, function(p) data.frame(a = p[1], b = p[2], q = 10^c(-300, -150, -60, -20, -9, -4, -2, -1, log10(.3)))))
blo <- qbeta(b$q, b$a, b$b); bup <- qbeta(b$q, b$a, b$b, lower.tail = FALSE)
bb <- rbind(data.frame(a = b$a, b = b$b, x = blo), data.frame(a = b$a, b = b$b, x = bup),
  do.call(rbind, lapply(s, function(p) data.frame(a = p[1], b = p[2], x = c(1e-9, 1e-4, .01, .1, .25, .37, .5, .52, .7, .9, .99, .9999)))))
bb <- bb[bb$x > 0 & bb$x < 1, ]
out <- c(out, rows("beta", bb$x, bb$a, bb$b, pbeta(bb$x, bb$a, bb$b), pbeta(bb$x, bb$a, bb$b, lower.tail = FALSE)))
out <- c(out, rows("betaQuantile", b$q, b$a, b$b, blo, bup))

t <- expand.grid(t = c(0, 1e-6, .1, .7, 1.96, 5, 20, 37, 1e4), df = c(.7, 1, 2, 5, 30, 400, 20000))
out <- c(out, rows("t", t$t, t$df, pt(t$t, t$df, lower.tail = FALSE)))
tq <- expand.grid(q = 10^c(-250, -100, -20, -4, -2, log10(.025), log10(.4)), df = c(1, 2, 5, 30, 400, 20000))
out <- c(out, rows("tQuantile", tq$q, tq$df, qt(tq$q, tq$df, lower.tail = FALSE)))
f <- expand.grid(x = c(.001, .2, 1, 3.5, 40, 3000), d1 = c(1, 4, 60), d2 = c(1, 7, 500))
out <- c(out, rows("f", f$x, f$d1, f$d2, pf(f$x, f$d1, f$d2), pf(f$x, f$d1, f$d2, lower.tail = FALSE)))
z <- 10^c(-300, -100, -30, -10, -4, -2, log10(.025), -1, log10(.4999))
out <- c(out, rows("normalQuantile", z, qnorm(z)))

m <- c(.01, .5, 1, 3.2, 25, 170, 1000, 20000, 1e6)
p <- do.call(rbind, lapply(m, function(mean) data.frame(k = unique(pmax(0, round(c(0, 1, mean / 2, mean + sqrt(mean) * c(-37, -20, -8, -3, -1, 0, 1, 3, 8, 20, 36))))), mean = mean)))
out <- c(out, rows("poisson", p$k, p$mean, dpois(p$k, p$mean), ppois(p$k, p$mean), ppois(p$k - 1, p$mean, lower.tail = FALSE)))
pq <- expand.grid(p = c(1e-9, .001, .025, .3, .5, .8, .975, .999), mean = m)
out <- c(out, rows("poissonQuantile", pq$p, pq$mean, qpois(pq$p, pq$mean)))
ci <- c(0, 1, 2, 7, 50, 999, 20000)
out <- c(out, rows("poissonInterval", ci, sapply(ci, function(k) poisson.test(k)$conf.int[1]), sapply(ci, function(k) poisson.test(k)$conf.int[2])))

n <- do.call(rbind, lapply(list(c(1,.3), c(10,.5), c(37,.02), c(400,.7), c(20000,.5), c(20000,.001), c(1e6,.25)), function(v) {
  sd <- sqrt(v[1] * v[2] * (1 - v[2])); k <- round(v[1] * v[2] + sd * c(-36, -15, -5, -2, -1, 0, 1, 2, 5, 15, 36))
  data.frame(k = unique(pmin(v[1], pmax(0, c(0, 1, k, v[1])))), n = v[1], p = v[2]) }))
out <- c(out, rows("binomial", n$k, n$n, n$p, dbinom(n$k, n$n, n$p), pbinom(n$k, n$n, n$p), pbinom(n$k - 1, n$n, n$p, lower.tail = FALSE)))
nq <- expand.grid(q = c(1e-6, .025, .3, .5, .9, .975), n = c(1, 10, 400, 20000), p = c(.001, .3, .5, .97))
out <- c(out, rows("binomialQuantile", nq$q, nq$n, nq$p, qbinom(nq$q, nq$n, nq$p)))
bt <- data.frame(k = c(0, 1, 3, 5, 6, 7, 10, 30, 61, 200, 215, 10100), n = c(10, 10, 10, 10, 13, 10, 10, 100, 100, 400, 400, 20000), p = c(.3, .5, .5, .5, .5, .31, .5, .5, .5, .5, .47, .5))
out <- c(out, rows("binomialTest", bt$k, bt$n, bt$p,
  mapply(function(k, n, p) binom.test(k, n, p)$p.value, bt$k, bt$n, bt$p),
  mapply(function(k, n, p) binom.test(k, n, p)$conf.int[1], bt$k, bt$n, bt$p),
  mapply(function(k, n, p) binom.test(k, n, p)$conf.int[2], bt$k, bt$n, bt$p)))

nb <- do.call(rbind, lapply(list(c(.5,.3), c(3,2), c(25,1.5), c(25,50), c(1000,20), c(20000,400)), function(v) {
  sd <- sqrt(v[1] + v[1]^2 / v[2]); k <- pmax(0, round(v[1] + sd * c(-6, -3, -1, 0, 1, 3, 8, 25)))
  data.frame(k = unique(c(0, 1, k)), mean = v[1], size = v[2]) }))
out <- c(out, rows("negativeBinomial", nb$k, nb$mean, nb$size, dnbinom(nb$k, size = nb$size, mu = nb$mean),
  pnbinom(nb$k, size = nb$size, mu = nb$mean), pnbinom(nb$k - 1, size = nb$size, mu = nb$mean, lower.tail = FALSE)))
nbq <- expand.grid(p = c(.001, .025, .3, .5, .8, .975, .999), mean = c(.5, 25, 1000), size = c(.3, 2, 50))
out <- c(out, rows("negativeBinomialQuantile", nbq$p, nbq$mean, nbq$size, qnbinom(nbq$p, size = nbq$size, mu = nbq$mean)))
cat("{", paste(out, collapse = ",\n"), "}\n", sep = "")
