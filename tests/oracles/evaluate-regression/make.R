# Run: Rscript make.R > expected.json
suppressMessages({library(sandwich); library(MASS)})
json <- function(v) {
  if (is.list(v)) paste0("{", paste(sprintf('"%s":%s', names(v), sapply(v, json)), collapse = ","), "}")
  else if (is.matrix(v)) paste0("[", paste(apply(v, 1, json), collapse = ","), "]")
  else if (is.character(v)) sprintf('"%s"', v)
  else { t <- formatC(v, digits = 17, format = "g"); if (length(v) == 1) t else paste0("[", paste(t, collapse = ","), "]") }
}
RNGversion("4.2.0")
set.seed(20260301)
num <- function(x) unname(as.numeric(x))

# A panel: 14 treated and 18 comparison places, 24 months, overdispersed; treated fall by 25 % after month 12.
places <- 32; treated <- 14; steps <- 24
base <- exp(rnorm(places, 1.2, 0.7)); season <- 1 + 0.3 * sin(2 * pi * (1:steps) / 12)
mu <- outer(base, season); mu[1:treated, 13:24] <- mu[1:treated, 13:24] * 0.75
y <- matrix(rnbinom(places * steps, size = 4, mu = mu), places, steps)
y[places, ] <- 0 # a place without any incident
d <- data.frame(y = as.vector(t(y)), place = factor(rep(1:places, each = steps)), step = factor(rep(1:steps, places)))
d$t <- as.numeric(d$step); d$tr <- as.numeric(as.integer(d$place) <= treated); d$x <- d$tr * (d$t > 12)
d <- subset(d, place != places); d$place <- droplevels(d$place)
ctl <- glm.control(epsilon = 1e-14, maxit = 100)
p <- glm(y ~ place + step + x, poisson, d, control = ctl)
nb <- glm.nb(y ~ place + step + x, d, control = glm.control(epsilon = 1e-13, maxit = 200))
e <- subset(d, t <= 12); e$step <- droplevels(e$step); e$z <- e$tr * (e$t - 6.5)
pre <- glm(y ~ place + step + z, poisson, e, control = ctl)
one <- function(f, term, data) list(coefficient = num(coef(f)[term]),
  se = num(sqrt(vcovCL(f, cluster = data$place)[term, term])), model = num(sqrt(vcov(f)[term, term])))
panel <- list(counts = y, treated = treated, poisson = c(one(p, "x", d), list(deviance = p$deviance,
  dispersion = num(sum(residuals(p, "pearson")^2) / p$df.residual))),
  negbin = c(one(nb, "x", d), list(theta = nb$theta)), pre = one(pre, "z", e))

# A series of 60 months with days as exposure, change after 36.
n <- 60; days <- rep(c(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 5); at <- 36
days[seq(14, n, 48)] <- 29
k <- 0:(n - 1); level <- as.numeric(k >= at); after <- pmax(0, k - at)
m <- exp(log(days) + 0.4 - 0.002 * k - 0.25 * level + 0.004 * after + 0.2 * sin(2 * pi * k / 12) + 0.1 * cos(2 * pi * k / 12))
s <- rnbinom(n, size = 25, mu = m)
series <- function(f, lag) {
  nw <- NeweyWest(f, lag = lag, prewhite = FALSE, adjust = FALSE)
  list(coefficient = num(coef(f)[c("level", "after")]), quasi = num(summary(f)$coefficients[c("level", "after"), 2]),
    newey = num(sqrt(diag(nw)[c("level", "after")])), dispersion = num(summary(f)$dispersion), fitted = num(fitted(f)))
}
w <- 2 * pi * k / 12
f0 <- glm(s ~ k + level + after + offset(log(days)), quasipoisson, control = ctl)
f2 <- glm(s ~ k + level + after + sin(w) + cos(w) + sin(2 * w) + cos(2 * w) + offset(log(days)), quasipoisson, control = ctl)
mon <- factor(k %% 12)
fm <- glm(s ~ k + level + after + mon + offset(log(days)), quasipoisson, control = ctl)
out <- list(versions = list(R = as.character(getRversion()), sandwich = as.character(packageVersion("sandwich")), MASS = as.character(packageVersion("MASS"))),
  panel = panel, series = list(counts = s, days = days, at = at, none = series(f0, 3), harmonics = series(f2, 3), months = series(fm, 3)))
cat(json(out))
