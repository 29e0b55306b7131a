#include "fer/eval/robustness.hpp"

#include <algorithm>
#include <stdexcept>

#include "fer/metrics/confusion.hpp"
#include "fer/metrics/scores.hpp"

namespace fer::eval {
namespace {

std::vector<int> labelsOf(const data::Dataset& dataset, std::span<const std::uint32_t> rows) {
  std::vector<int> labels;
  labels.reserve(rows.size());
  for (const std::uint32_t row : rows) labels.push_back(dataset.label(row));
  return labels;
}

Pixels disturbed(const data::Dataset& dataset, std::span<const std::uint32_t> rows, const Disturbance& disturbance,
                 double level) {
  Pixels images;
  images.reserve(rows.size() * dataset.shape().size());
  for (const std::uint32_t row : rows) {
    const Pixels image = disturbance.apply({dataset.shape(), dataset.pixels(row), dataset.rowId(row)}, level);
    images.insert(images.end(), image.begin(), image.end());
  }
  return images;
}

/// `evenly` spread places of a list of `size`.
std::vector<std::size_t> spread(std::size_t size, std::size_t most) {
  const std::size_t count = most == 0 ? size : std::min(size, most);
  std::vector<std::size_t> places(count);
  for (std::size_t i = 0; i < count; ++i) places[i] = i * size / count;
  return places;
}

}  // namespace

double areaUnder(std::span<const double> levels, std::span<const double> values) {
  if (levels.size() != values.size() || levels.size() < 2)
    throw std::invalid_argument("areaUnder: two levels at least, and a value each");
  double area = 0;
  for (std::size_t i = 1; i < levels.size(); ++i) area += (levels[i] - levels[i - 1]) * (values[i] + values[i - 1]) / 2;
  return area / (levels.back() - levels.front());
}

metrics::RobustnessCurve curveOf(predict::Predictor& predictor, const data::Dataset& dataset,
                                 std::span<const std::uint32_t> rows, std::span<const int> clean,
                                 const Disturbance& disturbance, const ProgressCallback& progress) {
  metrics::RobustnessCurve curve{disturbance.name, disturbance.unit, disturbance.clean, disturbance.levels, {}, {}};
  const std::vector<int> labels = labelsOf(dataset, rows);
  const std::size_t classes = dataset.classes().size();
  const std::size_t total = rows.size() * (disturbance.levels.size() - 1);
  std::size_t done = 0;
  for (const double level : disturbance.levels) {
    std::vector<int> predictions;
    if (level == disturbance.clean) predictions.assign(clean.begin(), clean.end());
    while (predictions.size() < rows.size()) {
      const auto batch = rows.subspan(predictions.size(), std::min(predict::kBatch, rows.size() - predictions.size()));
      const Pixels images = disturbed(dataset, batch, disturbance, level);
      const std::vector<int> found = metrics::mostProbable(predictor.probabilities(images), classes);
      predictions.insert(predictions.end(), found.begin(), found.end());
      done += batch.size();
      if (progress) progress(done, total);
    }
    const metrics::Scores scores = metrics::scores(metrics::ConfusionMatrix(classes, labels, predictions));
    curve.accuracy.push_back(scores.accuracy);
    curve.macro_f1.push_back(scores.macro.f1);
  }
  curve.area = areaUnder(curve.levels, curve.accuracy);
  return curve;
}

std::size_t imagesNeeded(std::span<const Disturbance> disturbances, std::size_t rows) {
  std::size_t runs = 0;
  for (const Disturbance& one : disturbances) runs += one.levels.size() - 1;
  return runs * rows;
}

metrics::Robustness robustness(predict::Predictor& predictor, const data::Dataset& dataset,
                               std::span<const std::uint32_t> rows, const metrics::Evaluation& evaluation,
                               std::span<const Disturbance> disturbances, std::size_t most_rows,
                               const ProgressCallback& progress) {
  const std::vector<int> predictions = metrics::mostProbable(evaluation.probabilities, evaluation.classes.size());
  if (predictions.size() != rows.size()) throw std::invalid_argument("robustness: the evaluation is not of these rows");
  std::vector<bool> right;
  for (std::size_t i = 0; i < rows.size(); ++i) right.push_back(predictions[i] == dataset.label(rows[i]));

  std::vector<std::uint32_t> tried;
  std::vector<int> clean;
  for (const std::size_t place : spread(rows.size(), most_rows)) {
    tried.push_back(rows[place]);
    clean.push_back(predictions[place]);
  }
  metrics::Robustness result;
  result.rows = static_cast<std::int64_t>(tried.size());
  const std::size_t total = imagesNeeded(disturbances, tried.size());
  std::size_t before = 0;
  for (const Disturbance& disturbance : disturbances) {
    result.curves.push_back(curveOf(predictor, dataset, tried, clean, disturbance, [&](std::size_t done, std::size_t) {
      if (progress) progress(before + done, total);
    }));
    before += imagesNeeded({&disturbance, 1}, tried.size());
  }
  result.slices = naturalSlices(dataset, rows, right);
  return result;
}

}  // namespace fer::eval
