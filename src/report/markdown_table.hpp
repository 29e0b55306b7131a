#pragma once

#include <string>
#include <vector>

namespace fer::report {

/// A Markdown table whose columns also stand in line as plain text. Cells are Markdown already.
class MarkdownTable {
 public:
  enum class Align { kLeft, kRight };

  void column(std::string heading, Align align);
  void row(std::vector<std::string> cells);  ///< as many cells as there are columns
  std::string text() const;

 private:
  std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) const;

  std::vector<std::string> headings_;
  std::vector<Align> aligns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace fer::report
