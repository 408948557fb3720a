# Gi* over space and time by spdep::localG on an explicit neighbour list, and the classes by R's own logic.
# Run: Rscript make.R > expected.json
suppressMessages(library(spdep))

numbers <- function(seed, count) {
  out <- numeric(count); state <- seed
  for (i in seq_len(count)) { state <- (state * 48271) %% 2147483647; out[i] <- state / 2147483647 }
  out
}

mann_kendall <- function(x) {
  x <- x[!is.na(x)]; n <- length(x)
  s <- sum(sign(outer(x, x, function(a, b) b - a))[upper.tri(diag(n))])
  t <- as.numeric(table(x))
  v <- (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5))) / 18
  z <- (s - sign(s)) / sqrt(v)
  c(s = s, v = v, z = z, p = 2 * pnorm(-abs(z)))
}

# One side: TRUE where the step is of this side, TRUE where of the other, trend towards more of this side.
side <- function(is, other, trend) {
  n <- length(is); share <- sum(is) / n; always <- share >= 0.9 - 1e-12
  if (!any(is)) return("")
  runs <- rle(is)
  if (is[n] && !any(is[-n])) return("new")
  if (is[n] && !always && sum(runs$values) == 1) return("consecutive")
  if (always && is[n] && trend > 0) return("intensifying")
  if (always && trend == 0) return("persistent")
  if (always && is[n] && trend < 0) return("diminishing")
  if (always && !is[n]) return("historical")
  if (is[n] && any(other) && !always) return("oscillating")
  if (!any(other) && !always) return("sporadic")
  ""
}

one <- function(seed, columns, rows, steps, gaps, earlier) {
  cells <- columns * rows
  u <- numbers(seed, cells * steps)
  x <- (seq_len(cells) - 1) %% columns; y <- (seq_len(cells) - 1) %/% columns
  counts <- matrix(0, cells, steps)
  for (t in seq_len(steps)) for (k in seq_len(cells)) {
    w <- u[(t - 1) * cells + k]
    level <- 0.6
    if (x[k] <= 2 && y[k] <= 2) level <- 7                                          # always
    if (x[k] >= columns - 3 && y[k] <= 2) level <- 0.4 + 12 * t / steps               # grows
    if (x[k] <= 2 && y[k] >= rows - 3) level <- if (t <= steps / 2) 8 else 0.3        # gone
    if (x[k] >= columns - 3 && y[k] >= rows - 3) level <- if (t %% 4 == 0) 11 else 0.3 # on and off
    counts[k, t] <- floor(level * 2 * w)
  }
  held <- setdiff(seq_len(steps), gaps)
  id <- function(k, t) (match(t, held) - 1) * cells + k
  nb <- vector("list", cells * length(held))
  for (t in held) for (k in seq_len(cells)) {
    near <- which(abs(x - x[k]) <= 1 & abs(y - y[k]) <= 1)
    found <- c()
    for (back in 0:earlier) if ((t - back) %in% held) found <- c(found, id(near, t - back))
    nb[[id(k, t)]] <- as.integer(sort(found))
  }
  class(nb) <- "nb"; attr(nb, "region.id") <- as.character(seq_along(nb)); attr(nb, "self.included") <- TRUE
  lw <- nb2listw(nb, style = "B", zero.policy = TRUE)
  values <- as.vector(counts[, held])
  z <- as.numeric(localG(values, lw))
  q <- p.adjust(2 * pnorm(-abs(z)), "BH")
  state <- ifelse(q <= 0.05, sign(z), 0)
  zs <- matrix(NA_real_, cells, steps); zs[, held] <- z
  ss <- matrix(NA_real_, cells, steps); ss[, held] <- state
  classes <- character(cells); trends <- matrix(0, cells, 4)
  for (k in seq_len(cells)) {
    trends[k, ] <- mann_kendall(zs[k, held])
    direction <- if (trends[k, 4] <= 0.05) sign(trends[k, 3]) else 0
    s <- ss[k, held]
    hot <- side(s > 0, s < 0, direction); cold <- side(s < 0, s > 0, -direction)
    classes[k] <- if (hot != "") paste("hot", hot) else if (cold != "") paste("cold", cold) else "none"
  }
  list(seed = seed, columns = columns, rows = rows, steps = steps, gaps = gaps, earlier = earlier,
       counts = as.vector(counts), z = as.vector(zs), trendZ = trends[, 3], trendP = trends[, 4], classes = classes)
}

json <- function(v) {
  if (is.list(v)) return(if (is.null(names(v))) paste0("[", paste(sapply(v, json), collapse = ","), "]")
    else paste0("{", paste0('"', names(v), '":', sapply(v, json), collapse = ","), "}"))
  text <- if (is.character(v)) paste0('"', v, '"') else ifelse(is.na(v), "null", formatC(v, digits = 17, format = "g"))
  text <- gsub(" ", "", text, fixed = TRUE)
  if (is.character(v)) text <- paste0('"', v, '"')
  paste0("[", paste(text, collapse = ","), "]")
}
sets <- list(one(101, 8, 8, 12, integer(0), 1), one(102, 10, 9, 14, c(5, 6), 1), one(103, 9, 8, 12, 12L, 2), one(104, 8, 8, 11, integer(0), 0))
cat(json(list(versions = c(R.version.string, paste("spdep", packageVersion("spdep"))), sets = sets)))
