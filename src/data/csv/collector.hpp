#pragma once

#include <cstddef>
#include <optional>

#include "data/csv/rows.hpp"

namespace fer::data::csv {

/// Puts the rows of consecutive blocks together, and their faults.
class RowCollector {
 public:
  /// `first_line`: the first block's first line, from 0. `expected_bytes`: the text's length, by which memory is
  /// reserved at once; 0 if it is not known.
  RowCollector(ImageShape shape, std::size_t first_line, std::size_t expected_bytes)
      : shape_(shape), next_line_(first_line), expected_bytes_(expected_bytes) {}

  void append(const ParsedRows& rows, std::size_t block_bytes);
  bool complete() const { return complete_; }  ///< nothing more can be read
  const FaultList& faults() const { return faults_; }
  std::size_t rows() const { return rows_; }  ///< without a fault

  /// All rows, numbered as they come. Call once, and only if there are no faults.
  DatasetColumns take();

 private:
  void appendColumns(const ParsedRows& rows, std::size_t block_bytes);

  ImageShape shape_;
  std::size_t next_line_;
  std::size_t expected_bytes_;
  std::optional<std::size_t> blank_since_;  ///< the first of the blank lines that end what was appended
  std::size_t rows_ = 0;
  std::size_t empty_rows_ = 0;
  DatasetColumns columns_;
  FaultList faults_;
  bool complete_ = false;
};

}  // namespace fer::data::csv
