#include "data/folds.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "data/same_pixels.hpp"
#include "fer/core/random.hpp"

namespace fer::data {
namespace {

using Rows = std::vector<std::uint32_t>;

/// The rows that train, those of the same pixels together, by their first row.
std::vector<Rows> groupsOfTraining(const Dataset& dataset) {
  const Rows first_rows = firstRowsWithSamePixels(dataset);
  std::unordered_map<std::uint32_t, std::size_t> places;
  std::vector<Rows> groups;
  for (std::uint32_t row = 0; row < dataset.size(); ++row) {
    if (roleOf(dataset.partName(row)) != Role::kTrain) continue;
    const auto [place, is_new] = places.try_emplace(first_rows[row], groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(row);
  }
  return groups;
}

std::size_t labelOf(const Dataset& dataset, std::uint32_t row) {
  return static_cast<std::size_t>(dataset.label(row));
}

/// Class by class, each class's in an order drawn from the seed; then the large groups before the small ones, whose
/// rows even out what the large ones leave uneven.
std::vector<Rows> inDealingOrder(const Dataset& dataset, std::vector<Rows> groups, std::uint32_t seed) {
  std::vector<std::vector<Rows>> classes(dataset.classes().size());
  for (Rows& group : groups) classes[labelOf(dataset, group.front())].push_back(std::move(group));
  std::vector<Rows> order;
  for (std::uint32_t label = 0; label < classes.size(); ++label) {
    RandomStream stream(seed, Purpose::kSplit, 0, label);
    shuffle(std::span(classes[label]), stream);
    std::move(classes[label].begin(), classes[label].end(), std::back_inserter(order));
  }
  std::stable_sort(order.begin(), order.end(), [](const Rows& a, const Rows& b) { return a.size() > b.size(); });
  return order;
}

}  // namespace

std::vector<Rows> foldsOf(const Dataset& dataset, int count, std::uint32_t seed) {
  if (count < 2) throw std::invalid_argument("foldsOf: fewer than two folds");
  const auto folds = static_cast<std::size_t>(count);
  std::vector<Rows> found(folds);
  std::vector<std::vector<std::size_t>> of_class(dataset.classes().size(), std::vector<std::size_t>(folds));
  for (const Rows& group : inDealingOrder(dataset, groupsOfTraining(dataset), seed)) {
    const std::vector<std::size_t>& alike = of_class[labelOf(dataset, group.front())];
    std::size_t chosen = 0;
    for (std::size_t fold = 1; fold < folds; ++fold)
      if (std::pair(alike[fold], found[fold].size()) < std::pair(alike[chosen], found[chosen].size())) chosen = fold;
    for (const std::uint32_t row : group) {
      found[chosen].push_back(row);
      ++of_class[labelOf(dataset, row)][chosen];
    }
  }
  for (Rows& fold : found) std::sort(fold.begin(), fold.end());
  return found;
}

Split cutFolds(const Dataset& dataset, const DataOptions& options) {
  Split split;
  std::vector<Rows> folds = foldsOf(dataset, options.folds, options.split_seed);
  split.validation = std::move(folds.at(static_cast<std::size_t>(options.fold)));
  for (const Rows& fold : folds) split.train.insert(split.train.end(), fold.begin(), fold.end());
  for (std::uint32_t row = 0; row < dataset.size(); ++row) {
    const std::string& part = dataset.partName(row);
    const Role role = roleOf(part);
    if (role == Role::kTrain) continue;
    (role == Role::kTest && part != "PublicTest" ? split.test : split.unused).push_back(row);
  }
  return split;
}

}  // namespace fer::data
