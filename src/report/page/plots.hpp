#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fer/report/comparison/comparison.hpp"

namespace fer::report {

// Each gives one <svg> for the report's page, in the page's colours. An entry has the style of its place in the set.

/// Accuracies with their intervals, one below the other; diamonds where the original published a score.
std::string intervalsPlot(const ComparableSet& set);

/// What accuracy is drawn against.
enum class CostKind { kParameters, kTime };
/// Entries without the cost are left out; "" where none has it.
std::string costPlot(const ComparableSet& set, CostKind kind);

/// The validation's curve of every entry that has a history; "" where none has.
enum class CurveKind { kLoss, kAccuracy };
std::string trainingPlot(const ComparableSet& set, CurveKind kind);

/// Shares of each true class; the diagonal is recall.
std::string confusionPlot(const ComparableSet& set, const Entry& entry);
/// The first's shares less the second's, in points.
std::string confusionDifferencePlot(const ComparableSet& set, const Entry& first, const Entry& second);

/// Bars a class and an entry, of the first `most` entries.
enum class ClassScore { kRecall, kF1 };
std::string classBarsPlot(const ComparableSet& set, ClassScore score, std::size_t most);

/// How often the entry is right at which confidence.
std::string reliabilityPlot(const Entry& entry);

/// The accuracy of every entry that was measured under the disturbance.
std::string robustnessPlot(const ComparableSet& set, const std::string& disturbance);

}  // namespace fer::report
