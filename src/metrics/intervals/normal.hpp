#pragma once

namespace fer::metrics {

/// Share of the standard normal distribution below z.
double normalCdf(double z);

/// The reverse: z below which the share lies; -infinity at 0, infinity at 1. Relative error about 1e-16.
/// Source: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 1988.
double normalQuantile(double share);

}  // namespace fer::metrics
