#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fer/metrics/confusion.hpp"

namespace fer::metrics {

/// Precision: correct among those predicted. Recall: correct among those of the class. F1: their harmonic mean.
struct PrecisionRecall {
  double precision = 0;
  double recall = 0;
  double f1 = 0;

  bool operator==(const PrecisionRecall&) const = default;
};

/// One class against all others.
struct ClassScores : PrecisionRecall {
  std::int64_t support = 0;  ///< rows of the class

  bool operator==(const ClassScores&) const = default;
};

/// The scores of a confusion matrix, each from 0 to 1; a ratio with nothing to divide by is 0.
struct Scores {
  std::int64_t rows = 0;
  double accuracy = 0;
  double balanced_accuracy = 0;       ///< mean recall of the classes that have rows
  std::size_t classes_with_rows = 0;  ///< how many classes balanced_accuracy averages
  PrecisionRecall macro;              ///< mean over all classes, those without rows included
  PrecisionRecall weighted;           ///< mean over the classes weighted by support
  std::vector<ClassScores> per_class;

  bool operator==(const Scores&) const = default;
};

/// Source: scikit-learn's accuracy_score, balanced_accuracy_score and precision_recall_fscore_support with labels=all
/// classes and zero_division=0.
Scores scores(const ConfusionMatrix& confusion);

}  // namespace fer::metrics
