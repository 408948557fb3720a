# Writes expected.json: what spdep makes of two data sets. Run by hand in this folder: Rscript make.R
suppressMessages(library(spdep))
json <- function(v) {
  if (is.list(v)) {
    inner <- vapply(v, json, "")
    if (is.null(names(v))) paste0("[", paste(inner, collapse = ","), "]") else paste0("{", paste0('"', names(v), '":', inner, collapse = ","), "}")
  } else {
    text <- if (is.numeric(v)) ifelse(is.finite(v), formatC(v, digits = 15, width = -1, format = "g"), "null") else paste0('"', v, '"')
    if (length(v) == 1 && !isTRUE(attr(v, "row"))) text else paste0("[", paste(text, collapse = ","), "]")
  }
}
row <- function(v) structure(unname(v), row = TRUE)
out <- list(versions = list(R = as.character(getRversion()), spdep = as.character(packageVersion("spdep")),
                            spData = as.character(packageVersion("spData"))))
lists <- function(nb) lapply(seq_along(nb), function(i) { v <- as.integer(nb[[i]]); if (length(v) == 1 && v == 0L) row(integer(0)) else row(v - 1L) })
tests <- function(x, nb, style) {
  lw <- nb2listw(nb, style = style)
  m <- function(t) list(statistic = unname(t$estimate[1]), expected = unname(t$estimate[2]), variance = unname(t$estimate[3]), z = unname(t$statistic), p = t$p.value)
  list(moran = m(moran.test(x, lw, alternative = "two.sided")), moranNormal = m(moran.test(x, lw, randomisation = FALSE, alternative = "two.sided")),
       geary = m(geary.test(x, lw, alternative = "two.sided")), gearyNormal = m(geary.test(x, lw, randomisation = FALSE, alternative = "two.sided")),
       g = m(globalG.test(x, nb2listw(nb, style = "B"), alternative = "two.sided")))
}
local <- function(x, nb) {
  r <- list()
  for (style in c("W", "B")) for (conditional in c(TRUE, FALSE)) {
    t <- localmoran(x, nb2listw(nb, style = style), conditional = conditional)
    r[[paste0(style, if (conditional) "conditional" else "total")]] <- list(i = t[, 1], z = t[, 4], p = t[, 5])
  }
  q <- as.character(attr(localmoran(x, nb2listw(nb)), "quadr")$pysal)
  r$quadrant <- sub("Low-", "L", sub("High-", "H", q)); r$quadrant <- sub("Low$", "L", sub("High$", "H", r$quadrant))
  r
}
g <- read.csv("getisord.csv"); xy <- as.matrix(g[, 1:2]); val <- g[, 3]
both <- function(x, nb) list(gi = as.numeric(localG(x, nb2listw(nb, style = "B"))), gistar = as.numeric(localG(x, nb2listw(include.self(nb), style = "B"))))
nb30 <- dnearneigh(xy, 0, 30); nb75 <- dnearneigh(xy, 0, 75)
set.seed(1); perm <- localmoran_perm(val, nb2listw(nb75, style = "B"), nsim = 9999)
out$getisord <- list(band30 = c(both(val, nb30), tests(val, nb30, "B"), local = list(local(val, nb30))),
                     band75 = c(both(val, nb75), tests(val, nb75, "W"), local = list(local(val, nb75))),
                     permuted75 = as.numeric(perm[, "Pr(z != E(Ii)) Sim"]))
data(columbus, package = "spData")
x <- columbus$CRIME
# The polygons are in an arbitrary unit: a thousand times larger, so that a centimetre is small.
rings <- lapply(polys, function(p) { k <- c(0, which(is.na(p[, 1])), nrow(p) + 1)
  lapply(seq_len(length(k) - 1), function(s) round(p[(k[s] + 1):(k[s + 1] - 1), , drop = FALSE] * 1000, 2)) })
sf <- sf::st_sf(geometry = sf::st_sfc(lapply(rings, function(r) sf::st_polygon(lapply(r, function(m) rbind(m, m[1, ]))))))
centre <- suppressWarnings(sf::st_coordinates(sf::st_centroid(sf)))
out$columbus <- c(list(crime = x, neighbours = lists(col.gal.nb)), both(x, col.gal.nb), W = list(tests(x, col.gal.nb, "W")), B = list(tests(x, col.gal.nb, "B")), local = list(local(x, col.gal.nb)),
  list( rings = lapply(rings, function(r) lapply(r, function(m) lapply(seq_len(nrow(m)), function(i) as.numeric(m[i, ])))),
  queen = lists(poly2nb(sf, queen = TRUE)), rook = lists(poly2nb(sf, queen = FALSE)),
  sides = lapply(sf::st_relate(sf, pattern = "F***1****"), function(v) row(v - 1L)), centre = lapply(seq_len(nrow(centre)), function(i) as.numeric(centre[i, ])),
  nearest4 = lists(knn2nb(knearneigh(centre, 4))), within = lists(dnearneigh(centre, 0, 700)), nearestTest = tests(x, knn2nb(knearneigh(centre, 4)), "W")))
writeLines(json(out), "expected.json")
