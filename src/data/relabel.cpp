#include "fer/data/relabel.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace fer::data {

Relabelled relabelled(const Dataset& dataset, const std::vector<std::string>& classes) {
  std::vector<std::optional<std::uint8_t>> places;  // of each of the dataset's classes in the new ones
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
    columns.usages.push_back(dataset.usage(row));
    columns.row_ids.push_back(dataset.rowId(row));
  }
  const std::size_t left_out = dataset.size() - columns.labels.size();
  return {Dataset(dataset.shape(), classes, std::move(columns)), left_out};
}

}  // namespace fer::data
