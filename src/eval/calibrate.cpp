#include "fer/eval/calibrate.hpp"

#include <vector>

#include "fer/core/error.hpp"
#include "fer/metrics/probability/calibration.hpp"

namespace fer::eval {

metrics::Calibration calibrate(const metrics::Evaluation& validation, const metrics::Evaluation& evaluation) {
  if (validation.rows.empty())
    throw dataError("there are no validation rows to fit the temperature on. Evaluate without --calibrate.");
  const std::size_t classes = evaluation.classes.size();
  metrics::Calibration result;
  result.temperature = metrics::fitTemperature(validation.probabilities, validation.labels, classes);
  result.validation_rows = static_cast<std::int64_t>(validation.rows.size());
  const std::vector<float> scaled = metrics::withTemperature(evaluation.probabilities, classes, result.temperature);
  result.nll = metrics::negativeLogLikelihood(scaled, evaluation.labels, classes);
  result.brier = metrics::brierScore(scaled, evaluation.labels, classes);
  result.ece = metrics::expectedCalibrationError(
      metrics::reliability(scaled, evaluation.labels, classes, metrics::Binning::kEqualWidth));
  return result;
}

}  // namespace fer::eval
