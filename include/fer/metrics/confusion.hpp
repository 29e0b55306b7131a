#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fer::metrics {

/// How often each class was taken for each: counts by true class (row) and predicted class (column). Classes without
/// rows and classes never predicted keep their place, as scikit-learn's confusion_matrix(labels=range(classes)) gives
/// them. Immutable; any number of threads may read it.
class ConfusionMatrix {
 public:
  ConfusionMatrix() = default;
  /// Throws std::invalid_argument where the lists differ in length or an entry is no class.
  ConfusionMatrix(std::size_t classes, std::span<const int> labels, std::span<const int> predictions);
  /// From classes x classes counts, true class by true class. Throws std::invalid_argument where the length is another
  /// or a count is negative.
  ConfusionMatrix(std::size_t classes, std::vector<std::int64_t> counts);

  std::size_t classes() const { return classes_; }
  std::int64_t at(std::size_t truth, std::size_t predicted) const;  ///< throws std::out_of_range
  std::int64_t labelled(std::size_t truth) const;                   ///< rows of the class
  std::int64_t predicted(std::size_t prediction) const;             ///< rows taken for the class
  std::int64_t total() const;
  std::int64_t correct() const;

  bool operator==(const ConfusionMatrix&) const = default;

 private:
  std::size_t classes_ = 0;
  std::vector<std::int64_t> counts_;
};

/// The most probable class of each row; of equal ones the first, as numpy.argmax. `probabilities` is rows x classes.
/// Throws std::invalid_argument where they are no whole number of rows or hold a NaN.
std::vector<int> mostProbable(std::span<const float> probabilities, std::size_t classes);

}  // namespace fer::metrics
