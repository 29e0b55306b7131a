#include "fer/metrics/confusion.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>

namespace fer::metrics {
namespace {

std::size_t classIndex(int value, std::size_t classes, const char* what) {
  if (value < 0 || static_cast<std::size_t>(value) >= classes)
    throw std::invalid_argument("ConfusionMatrix: " + std::string(what) + " " + std::to_string(value) +
                                " is none of the " + std::to_string(classes) + " classes");
  return static_cast<std::size_t>(value);
}

}  // namespace

ConfusionMatrix::ConfusionMatrix(std::size_t classes, std::span<const int> labels, std::span<const int> predictions)
    : classes_(classes), counts_(classes * classes, 0) {
  if (labels.size() != predictions.size())
    throw std::invalid_argument("ConfusionMatrix: " + std::to_string(labels.size()) + " labels, but " +
                                std::to_string(predictions.size()) + " predictions");
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const std::size_t truth = classIndex(labels[row], classes, "label");
    ++counts_[truth * classes + classIndex(predictions[row], classes, "prediction")];
  }
}

ConfusionMatrix::ConfusionMatrix(std::size_t classes, std::vector<std::int64_t> counts)
    : classes_(classes), counts_(std::move(counts)) {
  if (counts_.size() != classes * classes)
    throw std::invalid_argument("ConfusionMatrix: expected " + std::to_string(classes * classes) + " counts, found " +
                                std::to_string(counts_.size()));
  if (std::any_of(counts_.begin(), counts_.end(), [](std::int64_t count) { return count < 0; }))
    throw std::invalid_argument("ConfusionMatrix: a count is negative");
}

std::int64_t ConfusionMatrix::at(std::size_t truth, std::size_t predicted) const {
  if (truth >= classes_ || predicted >= classes_) throw std::out_of_range("ConfusionMatrix::at: no such class");
  return counts_[truth * classes_ + predicted];
}

std::int64_t ConfusionMatrix::labelled(std::size_t truth) const {
  std::int64_t sum = 0;
  for (std::size_t predicted = 0; predicted < classes_; ++predicted) sum += at(truth, predicted);
  return sum;
}

std::int64_t ConfusionMatrix::predicted(std::size_t prediction) const {
  std::int64_t sum = 0;
  for (std::size_t truth = 0; truth < classes_; ++truth) sum += at(truth, prediction);
  return sum;
}

std::int64_t ConfusionMatrix::total() const {
  std::int64_t sum = 0;
  for (const std::int64_t count : counts_) sum += count;
  return sum;
}

std::int64_t ConfusionMatrix::correct() const {
  std::int64_t sum = 0;
  for (std::size_t truth = 0; truth < classes_; ++truth) sum += at(truth, truth);
  return sum;
}

std::vector<int> mostProbable(std::span<const float> probabilities, std::size_t classes) {
  if (classes == 0 || probabilities.size() % classes != 0)
    throw std::invalid_argument("mostProbable: " + std::to_string(probabilities.size()) +
                                " probabilities are no rows of " + std::to_string(classes));
  if (std::any_of(probabilities.begin(), probabilities.end(), [](float value) { return std::isnan(value); }))
    throw std::invalid_argument("mostProbable: a probability is not a number");
  std::vector<int> chosen;
  chosen.reserve(probabilities.size() / classes);
  for (; !probabilities.empty(); probabilities = probabilities.subspan(classes))
    chosen.push_back(static_cast<int>(
        std::distance(probabilities.begin(),
                      std::max_element(probabilities.begin(),
                                       std::next(probabilities.begin(), static_cast<std::ptrdiff_t>(classes))))));
  return chosen;
}

}  // namespace fer::metrics
