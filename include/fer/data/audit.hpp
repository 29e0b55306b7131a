#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fer/data/dataset.hpp"

namespace fer::data {

/// What stands twice, or says nothing, in a dataset. Two images are duplicates when all their pixels are equal.
struct Audit {
  /// Rows with the same pixels, ascending; groups of two and more, by their first row.
  std::vector<std::vector<std::uint32_t>> duplicate_groups;
  std::vector<std::size_t> conflicting_groups;  ///< indices into duplicate_groups: the rows' labels differ
  std::vector<std::uint32_t> constant_images;   ///< rows whose pixels are all equal
  /// [a]: rows of part a beyond the first of their pixels within it.
  std::vector<std::size_t> extra_copies_within;
  /// [a][b]: rows of part a whose pixels also stand in part b (a != b).
  std::vector<std::vector<std::size_t>> rows_also_in;
  /// [a][b]: of these, rows with a row of part b of the same pixels and the same label.
  std::vector<std::vector<std::size_t>> rows_also_in_same_label;
};

Audit audit(const Dataset& dataset);

}  // namespace fer::data
