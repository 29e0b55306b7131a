#pragma once

#include "fer/metrics/evaluation.hpp"

namespace fer::eval {

/// The temperature for which the validation rows have the lowest negative log-likelihood, and what it makes of another
/// evaluation of the same predictor. Throws Error (bad data) where there are no validation rows.
metrics::Calibration calibrate(const metrics::Evaluation& validation, const metrics::Evaluation& evaluation);

}  // namespace fer::eval
