#include "data/csv/collector.hpp"

#include <limits>
#include <numeric>
#include <utility>

namespace fer::data::csv {

void RowCollector::append(const ParsedRows& rows, std::size_t block_bytes) {
  if (rows.first_filled) {
    if (!blank_since_ && rows.leading_blank) blank_since_ = next_line_ + *rows.leading_blank;
    if (blank_since_) faults_.add(*blank_since_, blankLine());
    blank_since_.reset();
  }
  if (rows.blank_at_end && !blank_since_) blank_since_ = next_line_ + *rows.blank_at_end;
  faults_.append(rows.faults, next_line_);
  next_line_ += rows.lines;
  rows_ += rows.labels.size();
  empty_rows_ += rows.empty_rows;
  if (next_line_ > std::numeric_limits<std::uint32_t>::max()) {
    faults_.add(next_line_ - 1, {1, "more lines than 2^32, which row numbers cannot count; cut the file"});
    complete_ = true;
  }
  complete_ = complete_ || rows.line_too_long;
  if (faults_.count() == 0)
    appendColumns(rows, block_bytes);
  else
    columns_ = {};
}

void RowCollector::appendColumns(const ParsedRows& rows, std::size_t block_bytes) {
  const std::size_t count = rows.labels.size();
  const std::size_t image = shape_.size();
  if (columns_.labels.empty() && expected_bytes_ > 0) {
    // As many rows as there are bytes for, judged by this block, and a sixteenth more. Memory that is reserved and not
    // used costs address space only; a block that must move as it grows costs its size again.
    const std::size_t blocks = expected_bytes_ / block_bytes + 1;
    const std::size_t expected = blocks * count + blocks * count / 16;
    columns_.pixels.reserve(expected * image);
  }
  const auto pixels = rows.pixels.begin();
  columns_.pixels.insert(columns_.pixels.end(), pixels, pixels + static_cast<std::ptrdiff_t>(count * image));
  columns_.labels.insert(columns_.labels.end(), rows.labels.begin(), rows.labels.end());
  columns_.parts.insert(columns_.parts.end(), rows.parts.begin(), rows.parts.end());
}

DatasetColumns RowCollector::take() {
  columns_.row_ids.resize(columns_.labels.size());
  columns_.empty_rows = empty_rows_;
  std::iota(columns_.row_ids.begin(), columns_.row_ids.end(), 0U);
  return std::move(columns_);
}

}  // namespace fer::data::csv
