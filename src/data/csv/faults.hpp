#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "data/csv/field.hpp"
#include "fer/core/error.hpp"

namespace fer::data::csv {

/// The faults of a text in the order of its lines: the first ones in words, and the count of all.
class FaultList {
 public:
  void add(std::size_t line, LineFault fault);                  ///< `line` counts from 0
  void append(const FaultList& later, std::size_t first_line);  ///< of a piece that begins at that line
  std::size_t count() const { return count_; }
  std::size_t pixelsOfAll() const { return pixels_; }  ///< where that is all that is wrong, and the same in all; or 0
  void clear();

  /// What to throw: one line for one fault, otherwise a summary and a line for each of the first faults.
  Error error(const std::string& name) const;

 private:
  struct Located {
    std::size_t line;
    LineFault fault;
  };
  std::vector<Located> first_;
  std::size_t count_ = 0;
  std::size_t pixels_ = 0;
};

}  // namespace fer::data::csv
