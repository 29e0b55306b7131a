#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/text.hpp"

namespace fer::report {

/// <NAME ATTRIBUTES>CONTENT</NAME>; the content is HTML already.
std::string element(std::string_view name, std::string_view content, std::string_view attributes = "");

/// A table in a box of its own that scrolls where the page is too narrow; how many columns it has is its --columns for
/// the style sheet. Cells are HTML already.
class HtmlTable {
 public:
  struct Cell {
    std::string html;
    std::string classes = {};  ///< of the style sheet
    std::string tip = {};      ///< plain
  };

  /// `classes` are of the style sheet; the caption is for screen readers and plain.
  explicit HtmlTable(std::string caption, std::string classes = "");
  void column(const std::string& heading, bool number = false);  ///< plain
  /// The first cell heads the row.
  void row(std::vector<Cell> cells);
  std::string html() const;

 private:
  std::string caption_;
  std::string classes_;
  std::string head_;
  std::size_t columns_ = 0;
  std::string body_;
};

}  // namespace fer::report
