#include "fer/metrics/scores.hpp"

namespace fer::metrics {
namespace {

double ratio(double part, double whole) {
  return whole == 0 ? 0 : part / whole;
}

ClassScores classScores(const ConfusionMatrix& confusion, std::size_t index) {
  const auto correct = static_cast<double>(confusion.at(index, index));
  const auto predicted = static_cast<double>(confusion.predicted(index));
  const auto labelled = static_cast<double>(confusion.labelled(index));
  ClassScores result;
  result.precision = ratio(correct, predicted);
  result.recall = ratio(correct, labelled);
  result.f1 = ratio(2 * correct, labelled + predicted);
  result.support = confusion.labelled(index);
  return result;
}

/// Mean of the classes' scores, each weighing weight(class).
template <class Weight>
PrecisionRecall average(const std::vector<ClassScores>& classes, Weight weight) {
  PrecisionRecall sum;
  double weights = 0;
  for (const ClassScores& one : classes) {
    const double share = weight(one);
    weights += share;
    sum.precision += share * one.precision;
    sum.recall += share * one.recall;
    sum.f1 += share * one.f1;
  }
  return {ratio(sum.precision, weights), ratio(sum.recall, weights), ratio(sum.f1, weights)};
}

}  // namespace

Scores scores(const ConfusionMatrix& confusion) {
  Scores result;
  result.rows = confusion.total();
  result.accuracy = ratio(static_cast<double>(confusion.correct()), static_cast<double>(result.rows));
  for (std::size_t i = 0; i < confusion.classes(); ++i) {
    result.per_class.push_back(classScores(confusion, i));
    if (result.per_class.back().support > 0) ++result.classes_with_rows;
  }
  result.balanced_accuracy =
      average(result.per_class, [](const ClassScores& one) { return one.support > 0 ? 1.0 : 0.0; }).recall;
  result.macro = average(result.per_class, [](const ClassScores&) { return 1.0; });
  result.weighted = average(result.per_class, [](const ClassScores& one) { return static_cast<double>(one.support); });
  return result;
}

}  // namespace fer::metrics
