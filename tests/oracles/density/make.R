# Writes spatstat.json: what spatstat and MASS make of rescues.csv. Run by hand: Rscript make.R
suppressMessages({library(spatstat); library(MASS)})
here <- dirname(sub('--file=', '', grep('--file=', commandArgs(), value = TRUE)))
rescues <- read.csv(file.path(here, 'rescues.csv'))

# The study area: an L of 100 m squares; 155 columns, 101 rows.
west <- 524000; south <- 177900; columns <- 155; rows <- 101
inside <- outer(1:rows, 1:columns, function(r, c) !(r > 70 & c > 100))
W <- owin(mask = inside, xrange = west + c(0, columns * 100), yrange = south + c(0, rows * 100))
squares <- ppp(rescues$squareEasting, rescues$squareNorthing, window = W, marks = factor(ifelse(rescues$cat == 1, 'case', 'base'), levels = c('base', 'case')), check = TRUE)
X <- unmark(as.ppp(squares))
pick <- seq(1, columns * rows, by = 127)          # cells row by row from the south-west, 1-based
at <- function(image) as.vector(t(image$v))[pick]

radius <- 655
deviation <- c(quartic = sqrt(1/8), epanechnikov = sqrt(1/6), disc = 1/2)
kernels <- list()
surfaces <- function(...) list(
  none = at(density(X, ..., edge = FALSE)),
  uniform = at(density(X, ..., edge = TRUE)),
  diggle = at(density(X, ..., edge = TRUE, diggle = TRUE)))
for (name in names(deviation)) kernels[[name]] <- surfaces(sigma = radius * deviation[[name]], kernel = name)
cone <- function(x, y) pmax(0, 1 - sqrt(x^2 + y^2) / radius)
kernels$triangular <- surfaces(sigma = radius, kernel = cone, scalekernel = FALSE)
kernels$gaussian <- surfaces(sigma = 400)

risk <- at(relrisk(squares, sigma = radius * deviation[['quartic']], kernel = 'quartic', relative = TRUE, control = 'base', edge = TRUE))

exact <- rescues[!is.na(rescues$easting), ]
P <- ppp(exact$easting, exact$northing, window = owin(range(exact$easting), range(exact$northing)), checkdup = FALSE)
P <- unique(P)
sigma <- 4 * mean(c(bw.nrd0(P$x), bw.nrd0(P$y))) * 2^(-(0:32) / 4)
ppl <- bw.ppl(P, sigma = sigma, edge = FALSE, shortcut = TRUE, warn = FALSE)
dig <- bw.diggle(P, correction = 'none', warn = FALSE)
curve <- function(b) list(sigma = attr(b, 'h'), value = attr(b, 'cv'), best = as.numeric(b))
kde <- kde2d(P$x, P$y, h = 4 * 400, n = c(columns, rows), lims = c(west + c(50, columns * 100 - 50), south + c(50, rows * 100 - 50)))

json <- function(v) {
  if (is.list(v)) return(paste0('{', paste(sprintf('"%s":%s', names(v), vapply(v, json, '')), collapse = ',\n'), '}'))
  text <- if (is.character(v)) sprintf('"%s"', v) else ifelse(is.finite(v), sprintf('%.17g', v), 'null')
  if (length(v) == 1) text else paste0('[', paste(text, collapse = ','), ']')
}
writeLines(json(list(
  west = west, south = south, columns = columns, rows = rows, pick = pick - 1, radius = radius,
  kernels = kernels, risk = risk, points = npoints(X), exact = npoints(P),
  silverman = mean(c(bw.nrd0(P$x), bw.nrd0(P$y))), scott = mean(bw.scott(P)), ppl = curve(ppl), diggle = curve(dig),
  neighbours = list(k1 = nndist(P, k = 1), k10 = nndist(P, k = 10)),
  kde2d = as.vector(kde$z)[pick],
  versions = list(R = R.version.string, spatstat.explore = as.character(packageVersion('spatstat.explore')), MASS = as.character(packageVersion('MASS')))
)), file.path(here, 'spatstat.json'))
