#include "fer/data/audit.hpp"

#include <algorithm>
#include <map>

#include "data/same_pixels.hpp"

namespace fer::data {
namespace {

using Rows = std::vector<std::uint32_t>;

std::vector<Rows> duplicateGroups(const Dataset& dataset) {
  const Rows first_rows = firstRowsWithSamePixels(dataset);
  std::vector<Rows> by_first_row(dataset.size());
  for (std::uint32_t row = 0; row < dataset.size(); ++row) by_first_row[first_rows[row]].push_back(row);
  std::erase_if(by_first_row, [](const Rows& rows) { return rows.size() < 2; });
  return by_first_row;
}

bool labelsDiffer(const Dataset& dataset, const Rows& group) {
  return std::any_of(group.begin(), group.end(),
                     [&](std::uint32_t row) { return dataset.label(row) != dataset.label(group.front()); });
}

using Counts = std::vector<std::size_t>;  // a part each

/// Rows of a group of duplicates by part, and by label and part.
struct Members {
  Counts all;
  std::map<int, Counts> by_label;
};

Members membersOf(const Dataset& dataset, const Rows& group) {
  const std::size_t parts = dataset.parts().size();
  Members members{Counts(parts), {}};
  for (const std::uint32_t row : group) {
    ++members.all[dataset.part(row)];
    ++members.by_label.try_emplace(dataset.label(row), parts).first->second[dataset.part(row)];
  }
  return members;
}

void countGroup(const Members& members, Audit& result) {
  for (std::size_t own = 0; own < members.all.size(); ++own) {
    if (members.all[own] > 1) result.extra_copies_within[own] += members.all[own] - 1;
    for (std::size_t other = 0; other < members.all.size(); ++other) {
      if (other == own) continue;
      if (members.all[other] > 0) result.rows_also_in[own][other] += members.all[own];
      for (const auto& [label, counts] : members.by_label)
        if (counts[other] > 0) result.rows_also_in_same_label[own][other] += counts[own];
    }
  }
}

Rows constantImages(const Dataset& dataset) {
  Rows rows;
  for (std::uint32_t row = 0; row < dataset.size(); ++row) {
    const auto image = dataset.pixels(row);
    if (std::all_of(image.begin(), image.end(), [&](std::uint8_t value) { return value == image.front(); }))
      rows.push_back(row);
  }
  return rows;
}

}  // namespace

Audit audit(const Dataset& dataset) {
  const std::size_t parts = dataset.parts().size();
  Audit result;
  result.extra_copies_within.assign(parts, 0);
  result.rows_also_in.assign(parts, Counts(parts));
  result.rows_also_in_same_label.assign(parts, Counts(parts));
  result.duplicate_groups = duplicateGroups(dataset);
  for (std::size_t i = 0; i < result.duplicate_groups.size(); ++i) {
    const Rows& group = result.duplicate_groups[i];
    if (labelsDiffer(dataset, group)) result.conflicting_groups.push_back(i);
    countGroup(membersOf(dataset, group), result);
  }
  result.constant_images = constantImages(dataset);
  return result;
}

}  // namespace fer::data
