# Reads data_sets.csv (argument 1); writes answers.csv (argument 2) with what metafor makes of it.
suppressPackageStartupMessages(library(metafor))
arguments <- commandArgs(trailingOnly = TRUE)
sets <- read.csv(arguments[1], colClasses = "character")
numbers <- function(cell) as.numeric(strsplit(cell, " ")[[1]])
pool <- function(row) {
  x <- numbers(sets$present[row])
  n <- numbers(sets$stated[row])
  glmm <- suppressWarnings(rma.glmm(xi = x, ni = n, measure = "PLO", nAGQ = 25))
  reml <- rma(xi = x, ni = n, measure = "PLO", method = "REML", test = "knha", to = "all",
              add = 0.5, control = list(stepadj = 0.5, maxiter = 10000, threshold = 1e-10))
  ratio <- c(NA, NA)
  if (nzchar(sets$second[row])) {
    kind <- numbers(sets$second[row])
    both <- suppressWarnings(rma.glmm(xi = x, ni = n, mods = ~ kind, measure = "PLO", nAGQ = 25))
    ratio <- c(both$beta[2], both$tau2)
  }
  data.frame(name = sets$name[row], logit = glmm$beta[1], error = glmm$se, tau2 = glmm$tau2,
             reml_logit = reml$beta[1], reml_tau2 = reml$tau2, reml_low = reml$ci.lb,
             reml_high = reml$ci.ub,
             contrast = ratio[1], contrast_tau2 = ratio[2])
}
write.csv(do.call(rbind, lapply(seq_len(nrow(sets)), pool)), arguments[2], row.names = FALSE)
