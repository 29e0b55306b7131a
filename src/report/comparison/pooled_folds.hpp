#pragma once

#include <vector>

#include "report/comparison/configs.hpp"

namespace fer::report {

/// Validations of protocol kfold by runs whose configs differ in data.fold, and in what a recipe's runs may differ in:
/// one entry in their place, with the rows of all folds. Of several runs of a fold (other seeds) its score is their
/// mean, and the one with the lowest seed gives the rows. A fold alone stays as it is. `configs` is by the runs' names.
/// The result does not depend on the entries' order.
std::vector<Entry> withFoldsPooled(std::vector<Entry> entries, const NamedJson& configs);

}  // namespace fer::report
