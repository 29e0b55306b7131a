#include "report/page/html.hpp"

#include <utility>

namespace fer::report {

std::string element(std::string_view name, std::string_view content, std::string_view attributes) {
  std::string out = "<" + std::string(name);
  if (!attributes.empty()) out += " " + std::string(attributes);
  return out + ">" + std::string(content) + "</" + std::string(name) + ">\n";
}

HtmlTable::HtmlTable(std::string caption, std::string classes)
    : caption_(std::move(caption)), classes_(std::move(classes)) {}

void HtmlTable::column(const std::string& heading, bool number) {
  ++columns_;
  head_ += std::string("<th scope=\"col\"") + (number ? " class=\"n\"" : "") + ">" + xmlText(heading) + "</th>";
}

void HtmlTable::row(std::vector<Cell> cells) {
  body_ += "<tr>";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    const char* const name = i == 0 ? "th" : "td";
    body_ += std::string("<") + name + (i == 0 ? " scope=\"row\"" : "");
    if (!cell.classes.empty()) body_ += " class=\"" + cell.classes + "\"";
    if (!cell.tip.empty()) body_ += " title=\"" + xmlText(cell.tip) + "\"";
    body_ += ">" + cell.html + "</" + name + ">";
  }
  body_ += "</tr>\n";
}

std::string HtmlTable::html() const {
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + xmlText(caption_) + "\"><table" +
         (classes_.empty() ? "" : " class=\"" + classes_ + "\"") + " style=\"--columns:" + std::to_string(columns_) +
         "\">\n<thead><tr>" + head_ + "</tr></thead>\n<tbody>\n" + body_ + "</tbody></table></div>\n";
}

}  // namespace fer::report
