# Writes contours.json: R's contourLines on the quartic surface of rescues.csv. Run by hand: Rscript make-contours.R
here <- dirname(sub('--file=', '', grep('--file=', commandArgs(), value = TRUE)))
rescues <- read.csv(file.path(here, 'rescues.csv'))
x <- 524000 + 100 * (1:155) - 50
y <- 177900 + 100 * (1:101) - 50
h <- 655
z <- matrix(0, 155, 101)
for (i in seq_len(nrow(rescues))) {
  square <- outer((x - rescues$squareEasting[i])^2, (y - rescues$squareNorthing[i])^2, '+') / h^2
  z <- z + 1e6 * 3 / (pi * h^2) * pmax(1 - square, 0)^2
}
lines <- contourLines(x, y, z, levels = 12)
level <- 12
ordered <- sort(z, decreasing = TRUE)
half <- ordered[which(cumsum(ordered) >= sum(z) / 2)[1]]
numbers <- function(v) paste0('[', paste(sprintf('%.17g', v), collapse = ','), ']')
writeLines(sprintf('{"level":%d,"half":%.17g,"pieces":%d,"x":%s,"y":%s}', level, half, length(lines),
  numbers(unlist(lapply(lines, `[[`, 'x'))), numbers(unlist(lapply(lines, `[[`, 'y')))), file.path(here, 'contours.json'))
