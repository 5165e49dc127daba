# Pools every proportion of model_counts.csv again, in R, with metafor.
# Reads model_counts.csv beside this script (or in the folder given); writes pooled_metafor.csv.
# Rscript pooled.R [FOLDER]
suppressPackageStartupMessages(library(metafor))

folder <- commandArgs(trailingOnly = TRUE)
folder <- if (length(folder)) folder[1] else "."
counts <- read.csv(file.path(folder, "model_counts.csv"))
counts <- counts[counts$n_stated > 0 & (is.na(counts$left_out) | counts$left_out == ""), ]

pooled <- function(studies) {
  crude <- c(sum(studies$n_present), sum(studies$n_stated))
  row <- data.frame(
    variable = studies$variable[1], layer = studies$layer[1], k = nrow(studies),
    n_present = crude[1], n_stated = crude[2],
    share = NA, low = NA, high = NA, tau = NA
  )
  # Without a second study, or where all or none have it, there is no model to fit.
  if (nrow(studies) < 2 || crude[1] %in% c(0, crude[2])) return(row)
  fit <- tryCatch(
    rma.glmm(measure = "PLO", xi = n_present, ni = n_stated, data = studies, nAGQ = 21),
    error = function(e) NULL
  )
  if (is.null(fit)) return(row)
  row$share <- transf.ilogit(fit$beta[1])
  row$low <- transf.ilogit(fit$ci.lb)
  row$high <- transf.ilogit(fit$ci.ub)
  row$tau <- sqrt(fit$tau2)
  row
}

groups <- split(counts, list(counts$variable, counts$layer), drop = TRUE)
result <- do.call(rbind, lapply(groups, pooled))
result <- result[order(result$variable, result$layer), ]
write.csv(result, file.path(folder, "pooled_metafor.csv"), row.names = FALSE, na = "")
print(result, row.names = FALSE, digits = 4)
