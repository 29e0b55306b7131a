#include "fer/data/relabel.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

namespace fer::data {
namespace {

using Places = std::vector<std::optional<std::uint8_t>>;  // of each of the dataset's classes in the new ones

/// The shares of the classes that stay, summing to 1 again; where none of theirs is left, the label has it all.
void appendTarget(std::span<const float> shares, const Places& places, std::uint8_t label, std::size_t classes,
                  std::vector<float>& targets) {
  std::vector<float> row(classes);
  double sum = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (!places[i]) continue;
    row[*places[i]] = shares[i];
    sum += shares[i];
  }
  if (sum <= 0) row[label] = 1;
  for (float& share : row)
    if (sum > 0) share = static_cast<float>(share / sum);
  targets.insert(targets.end(), row.begin(), row.end());
}

}  // namespace

Relabelled relabelled(const Dataset& dataset, const std::vector<std::string>& classes) {
  Places places;
  for (const std::string& name : dataset.classes()) {
    const auto found = std::find(classes.begin(), classes.end(), name);
    places.push_back(found == classes.end() ? std::nullopt
                                            : std::optional(static_cast<std::uint8_t>(found - classes.begin())));
  }
  DatasetColumns columns;
  for (std::size_t row = 0; row < dataset.size(); ++row) {
    const auto place = places[static_cast<std::size_t>(dataset.label(row))];
    if (!place) continue;
    const auto image = dataset.pixels(row);
    columns.pixels.insert(columns.pixels.end(), image.begin(), image.end());
    columns.labels.push_back(*place);
    columns.parts.push_back(dataset.part(row));
    columns.row_ids.push_back(dataset.rowId(row));
    if (dataset.hasTargets()) appendTarget(dataset.target(row), places, *place, classes.size(), columns.targets);
  }
  const std::size_t left_out = dataset.size() - columns.labels.size();
  return {Dataset(dataset.shape(), classes, std::move(columns), dataset.parts()), left_out};
}

}  // namespace fer::data
