#pragma once

#include <vector>

#include "fer/report/comparison/comparison.hpp"
#include "report/comparison/columns.hpp"

namespace fer::report {

constexpr const char* kOtherLabelsTitle = "Against a second set of labels";
constexpr const char* kOtherLabelsNote =
    "The same predictions, judged by other people's labels of the same images: per cent, with the 95 % interval. "
    "Images "
    "for which the second set has no label are left out of its scores alone. The two are different tests: neither "
    "stands for the other.";

/// The entries that were evaluated against a second set of labels, in the set's order.
std::vector<const Entry*> withOtherLabels(const ComparableSet& set);

/// The columns of their table after the name: whose labels, rows kept, and both sets' scores side by side.
std::vector<EntryColumn> otherLabelsColumns();

}  // namespace fer::report
