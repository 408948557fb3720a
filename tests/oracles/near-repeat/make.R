# Knox tables, Poisson and permutation p by surveillance; cross-K by spatstat; time to the next by survival.
# Rscript make.R > r.json
suppressMessages({ library(surveillance); library(spatstat.geom); library(spatstat.explore); library(survival) })
# R has no JSON of its own: numbers to 15 digits, texts, lists with and without names.
json <- function(v) if (is.list(v)) { parts <- vapply(v, json, ''); if (is.null(names(v))) paste0('[', paste(parts, collapse = ','), ']') else paste0('{', paste0('"', names(v), '":', parts, collapse = ','), '}') } else if (is.character(v)) paste0('"', v, '"') else { f <- vapply(as.numeric(v), function(e) format(e, digits = 15), ''); if (length(f) == 1) f else paste0('[', paste(f, collapse = ','), ']') }
set.seed(20250401)
n <- 300
x <- round(runif(n, 0, 2000), -1); y <- round(runif(n, 0, 2000), -1); day <- floor(runif(n, 0, 120))
again <- sample(n, 40)
x[again[1:20]] <- x[again[21:40]]; y[again[1:20]] <- y[again[21:40]]; day[again[1:20]] <- pmin(119, day[again[21:40]] + floor(runif(20, 0, 10)))
dt <- dist(day)
table_of <- function(metric, right) {
  ds <- as.vector(dist(cbind(x, y), method = metric))
  far <- if (right) c(-1, 0, 50, 100, 200, 400, Inf) else c(-Inf, 1e-300, 50, 100, 200, 400, Inf)
  long <- if (right) c(-1, 7, 14, 28, Inf) else c(-Inf, 7, 14, 28, Inf)
  t <- table(cut(ds, far, right = right), cut(as.vector(dt), long, right = right))
  unname(apply(t, 1, as.vector, simplify = FALSE))
}
tables <- list(); for (m in c("manhattan", "euclidean")) for (r in c(FALSE, TRUE)) tables[[paste0(m, if (r) "-right" else "-left")]] <- table_of(m, r)
single <- lapply(list(c(100, 7), c(200, 14), c(400, 28)), function(e) {
  k <- knox(dt = dt, ds = dist(cbind(x, y)), eps.t = e[2], eps.s = e[1], simulate.p.value = FALSE)
  capture.output(s <- knox(dt = dt, ds = dist(cbind(x, y)), eps.t = e[2], eps.s = e[1], simulate.p.value = TRUE, B = 9999))
  list(metres = e[1], days = e[2], observed = unname(k$statistic), expected = unname(k$parameter), poissonP = k$p.value, permutedMean = unname(s$null.value), permutedP = s$p.value)
})
# Cross-K without edge correction in a rectangle
fx <- runif(25, 0, 2000); fy <- runif(25, 0, 2000)
pp <- ppp(c(x, fx), c(y, fy), c(0, 2000), c(0, 2000), marks = factor(c(rep("i", n), rep("f", 25))), check = FALSE)
r <- c(0, 1:400)
k <- Kcross(pp, "i", "f", r = r, correction = "none")
cross <- list(r = c(50, 100, 200, 400), k = k$un[match(c(50, 100, 200, 400), r)])
# Time to the next at the same of 40 places, censored at day 365
place <- sample(40, 160, TRUE); when <- sort(floor(runif(160, 0, 365)))
ord <- order(place, when); place <- place[ord]; when <- when[ord]
follows <- c(place[-1] == place[-160], FALSE)
gap <- ifelse(follows, c(when[-1], NA) - when, 365 - when)
fit <- survfit(Surv(gap, as.integer(follows)) ~ 1)
km <- list(place = place, day = when, end = 365, at = c(7, 14, 28, 90, 180), share = 1 - summary(fit, times = c(7, 14, 28, 90, 180))$surv)
cat(json(list(versions = list(R = as.character(getRversion()), surveillance = as.character(packageVersion("surveillance")), spatstat = as.character(packageVersion("spatstat.explore")), survival = as.character(packageVersion("survival"))),
  x = x, y = y, day = day, tables = tables, single = single, features = list(x = fx, y = fy), cross = cross, km = km)), '\n', sep = '')
