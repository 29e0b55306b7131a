#pragma once

namespace fer::metrics {

/// The probability that Student's t is as far from 0 as `t` or farther, to either side. `degrees` of freedom > 0, whole
/// or not. Source: DLMF 8.17; scipy.stats.t.sf(t, degrees) * 2.
double studentTwoSided(double t, double degrees);

/// The t >= 0 for which that probability is `p`, 0 < p < 1.
double studentQuantile(double p, double degrees);

}  // namespace fer::metrics
