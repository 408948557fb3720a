# The rules of aoristic.df (R package aoristic 1.1.1, J. H. Ratcliffe) written again, over the New York vehicle thefts
# with from and to times. Run: Rscript make.R nyc_vehicle_thefts_2014_2017_from_to.csv.gz > expected.json
d <- read.csv(commandArgs(TRUE)[1], colClasses = "character")
minutes <- function(s) as.numeric(as.POSIXct(s, format = "%Y-%m-%d %H:%M", tz = "UTC")) / 60
from <- minutes(d$date_start); to <- minutes(d$date_end)
week <- function(from, to) {
  w <- numeric(168)                       # hour 1 = Sunday 00
  for (i in seq_along(from)) {
    if (is.na(from[i])) next
    lt <- as.POSIXlt(from[i] * 60, origin = "1970-01-01", tz = "UTC")
    pos <- lt$wday * 24 + lt$hour + 1
    span <- if (is.na(to[i])) 1 else to[i] - from[i]
    if (span >= 10080) w <- w + 1 / 168
    else if (span <= 1) w[pos] <- w[pos] + 1
    else {
      left <- 60 - lt$min; rest <- span
      while (rest > 0) {
        use <- min(rest, left); w[pos] <- w[pos] + use / span
        rest <- rest - use; left <- 60; pos <- if (pos == 168) 1 else pos + 1
      }
    }
  }
  w[c(25:168, 1:24)]                      # Monday first
}
hour <- function(m) { h <- floor(m / 60) + 72; tabulate(h %% 168 + 1, 168) }
short <- is.na(to) | to - from <= 1440
end <- ifelse(is.na(to) | to < from, from, to)
s <- function(v) paste0("[", paste(sprintf("%.17g", v), collapse = ","), "]")
ok <- !is.na(from)
cat(sprintf("{\"by\":\"%s\",\"rows\":%d,\"used24\":%d,\n\"all\":%s,\n\"within24\":%s,\n\"start24\":%s,\n\"mid24\":%s,\n\"end24\":%s}\n",
  R.version.string, sum(ok), sum(ok & short), s(week(from, to)), s(week(from[short], to[short])), s(hour(from[ok & short])),
  s(hour((from + floor((end - from) / 2))[ok & short])), s(hour(end[ok & short]))))
