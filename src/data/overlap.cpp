#include <algorithm>

#include "data/same_pixels.hpp"
#include "fer/data/protocol.hpp"

namespace fer::data {
namespace {

using Rows = std::vector<std::uint32_t>;

std::vector<bool> marked(const Rows& first_rows, const Rows& rows) {
  std::vector<bool> marks(first_rows.size(), false);
  for (const std::uint32_t row : rows) marks[first_rows.at(row)] = true;
  return marks;
}

std::size_t countIn(const std::vector<bool>& marks, const Rows& first_rows, const Rows& rows) {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [&](std::uint32_t row) { return marks[first_rows.at(row)]; }));
}

}  // namespace

Overlap overlap(const Dataset& dataset, const Split& split) {
  const Rows first_rows = firstRowsWithSamePixels(dataset);
  const std::vector<bool> in_train = marked(first_rows, split.train);
  return {countIn(in_train, first_rows, split.test), countIn(in_train, first_rows, split.validation)};
}

std::vector<bool> standIn(const Dataset& dataset, const Rows& rows, const Rows& others) {
  const Rows first_rows = firstRowsWithSamePixels(dataset);
  const std::vector<bool> in_others = marked(first_rows, others);
  std::vector<bool> result;
  result.reserve(rows.size());
  for (const std::uint32_t row : rows) result.push_back(in_others[first_rows.at(row)]);
  return result;
}

}  // namespace fer::data
