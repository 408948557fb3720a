# Run: Rscript make.R > expected.json
json <- function(v) {
  if (is.list(v) && is.null(names(v))) paste0("[", paste(sapply(v, json), collapse = ","), "]")
  else if (is.list(v)) paste0("{", paste(sprintf('"%s":%s', names(v), sapply(v, json)), collapse = ","), "}")
  else if (is.character(v)) sprintf('"%s"', v)
  else { t <- formatC(v, digits = 17, format = "g"); if (length(v) == 1) t else paste0("[", paste(t, collapse = ","), "]") }
}
one <- function(y, n, yc, nc, level) {
  r <- poisson.test(c(y, yc), c(n, nc), conf.level = level)
  list(y = y, n = n, yc = yc, nc = nc, level = level, ratio = unname(r$estimate), low = r$conf.int[1],
    high = if (is.finite(r$conf.int[2])) r$conf.int[2] else -1, p = r$p.value)
}
cases <- list(one(31, 720, 88, 1080, .95), one(0, 100, 9, 200, .95), one(5, 30, 1, 60, .9), one(412, 365, 508, 366, .9),
  one(2, 90, 2, 90, .99), one(7, 12.5, 3, 40, .95), one(1200, 700, 1500, 900, .95))

# Smallest falls and their power. Base counts 120, 130 in 365 days, followed for 180 days; surroundings 60, 66.
t0 <- 120; c0 <- 130; dt <- 60; dc <- 66; f <- 180 / 365; alpha <- 0.1; power <- 0.8; z <- qnorm(1 - alpha / 2); share <- 0.4
solve1 <- function(stat) uniroot(function(r) pnorm(stat(r) - z) - power, c(1e-6, 0.95), tol = 1e-13)$root
wdd <- function(r, phi = 1) r * t0 * f / sqrt(phi * ((t0 + c0 + dt + dc) * f^2 + (t0 * (1 - r) + c0 + dt + dc) * f))
did <- function(r, phi = 1) -log(1 - r) / sqrt(phi * (1 / t0 + 1 / (t0 * f * (1 - r)) + 1 / c0 + 1 / (c0 * f)))
cro <- function(r, phi = 1) -log(1 - r) / sqrt(phi * (1 / (t0 * f * share * (1 - r)) + 1 / (t0 * f * (1 - share))))
falls <- sapply(list(wdd, did, cro), solve1)
falls2 <- sapply(list(wdd, did, cro), function(s) solve1(function(r) s(r, 1.5)))
set.seed(7); m <- 400000
p <- function(mean) rpois(m, mean)
r <- falls[1]; a <- p(t0); b <- p(t0 * f * (1 - r)); g <- p(c0); h <- p(c0 * f); i <- p(dt); j <- p(dt * f); k <- p(dc); l <- p(dc * f)
seen <- mean(((b - a * f) - (h - g * f) + (j - i * f) - (l - k * f)) / sqrt(b + h + j + l + f^2 * (a + g + i + k)) <= -z)
r <- falls[2]; a <- p(t0); b <- p(t0 * f * (1 - r)); g <- p(c0); h <- p(c0 * f)
seen[2] <- mean((log(b) - log(a) - log(h) + log(g)) / sqrt(1 / a + 1 / b + 1 / g + 1 / h) <= -z)
r <- falls[3]; a <- p(t0 * f * share * (1 - r)); b <- p(t0 * f * (1 - share))
score <- (log(a) - log(b) - log(share / (1 - share))) / sqrt(1 / a + 1 / b)
seen[3] <- mean(!is.na(score) & score <= -z) # a count of 0 is not tested
cat(json(list(R = as.character(getRversion()), ratios = cases, falls = falls, fallsAtDispersion = falls2, seen = seen)))
