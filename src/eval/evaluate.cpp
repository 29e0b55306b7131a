#include "fer/eval/evaluate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/text/joined.hpp"
#include "fer/data/preprocess.hpp"

namespace fer::eval {
namespace {

void checkFits(const predict::Predictor& predictor, const data::Dataset& dataset) {
  data::requireSame(predictor.inputShape(), dataset.shape(), "the dataset");
  if (predictor.classes() != dataset.classes())
    throw dataError("the model's classes (" + joined(predictor.classes()) + ") are not the dataset's (" +
                    joined(dataset.classes()) + "), in this order. Set data.classes as in the run's config.json.");
}

/// The rows' images one after another, as a predictor takes them.
std::vector<std::uint8_t> imagesOf(const data::Dataset& dataset, std::span<const std::uint32_t> rows) {
  std::vector<std::uint8_t> images;
  images.reserve(rows.size() * dataset.shape().size());
  for (const std::uint32_t row : rows) {
    const auto image = dataset.pixels(row);
    images.insert(images.end(), image.begin(), image.end());
  }
  return images;
}

void checkProbabilities(const std::vector<float>& found, std::size_t classes, const data::Dataset& dataset,
                        std::span<const std::uint32_t> rows) {
  if (found.size() != rows.size() * classes)
    throw std::logic_error("Predictor: " + std::to_string(found.size()) + " probabilities for " +
                           std::to_string(rows.size()) + " images of " + std::to_string(classes) + " classes");
  const auto broken = std::find_if(found.begin(), found.end(), [](float value) { return !std::isfinite(value); });
  if (broken == found.end()) return;
  const auto row = static_cast<std::size_t>(broken - found.begin()) / classes;
  throw Error(Fault::kOther, "the model gives a probability that is not finite for row " +
                                 std::to_string(dataset.rowId(rows[row])) + ". Use the weights of an earlier epoch.");
}

void note(metrics::Evaluation& evaluation, const data::Dataset& dataset, std::span<const std::uint32_t> rows) {
  for (const std::uint32_t row : rows) {
    evaluation.rows.push_back(dataset.rowId(row));
    evaluation.usages.push_back(dataset.partName(row));
    evaluation.labels.push_back(dataset.label(row));
  }
}

}  // namespace

metrics::Evaluation evaluate(predict::Predictor& predictor, const data::Dataset& dataset,
                             std::span<const std::uint32_t> rows, std::vector<bool> in_training,
                             const ProgressCallback& progress) {
  if (in_training.size() != rows.size())
    throw std::invalid_argument("evaluate: in_training has another length than rows");
  if (rows.empty()) throw dataError("there are no rows to evaluate: this part of the data is empty");
  checkFits(predictor, dataset);
  metrics::Evaluation evaluation;
  evaluation.classes = dataset.classes();
  evaluation.in_training = std::move(in_training);
  std::chrono::duration<double> spent{0};
  for (std::size_t done = 0; done < rows.size();) {
    const auto batch = rows.subspan(done, std::min(predict::kBatch, rows.size() - done));
    const std::vector<std::uint8_t> images = imagesOf(dataset, batch);
    const auto start = std::chrono::steady_clock::now();
    const std::vector<float> found = predictor.probabilities(images);
    spent += std::chrono::steady_clock::now() - start;
    checkProbabilities(found, evaluation.classes.size(), dataset, batch);
    evaluation.probabilities.insert(evaluation.probabilities.end(), found.begin(), found.end());
    note(evaluation, dataset, batch);
    done += batch.size();
    if (progress) progress(done, rows.size());
  }
  evaluation.seconds = spent.count();
  return evaluation;
}

}  // namespace fer::eval
