#include <algorithm>
#include <cstdint>
#include <optional>

#include "fer/core/text/base64.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/report/evaluation/mistakes.hpp"
#include "report/comparison/words.hpp"
#include "report/page/html.hpp"
#include "report/page/sections.hpp"
#include "report/png_size.hpp"

namespace fer::report {
namespace {

std::string pngAddress(std::string_view png) {
  return "data:image/png;base64," + base64(png);
}

/// The place of a cell within a background that is stretched to show one cell, in per cent.
std::string place(std::size_t index, std::size_t count) {
  constexpr double kHundred = 100;
  return count < 2 ? "0" : fixed(kHundred * static_cast<double>(index) / static_cast<double>(count - 1), 3) + "%";
}

std::string captionOf(const ComparableSet& set, const Mistake& mistake) {
  const auto name = [&](int code) { return xmlText(set.classes.at(static_cast<std::size_t>(code))); };
  return name(mistake.label) + " → <b>" + name(mistake.predicted) + "</b><br><span>" + percent(mistake.confidence, 1) +
         " %, row " + std::to_string(mistake.row) + "</span>";
}

struct Sheet {
  std::size_t columns;
  std::size_t rows;
};

std::string facesOf(const ComparableSet& set, const Entry& entry, const std::optional<Sheet>& sheet) {
  std::string faces;
  for (std::size_t i = 0; i < entry.mistakes.size(); ++i) {
    const std::string picture = sheet ? "<i style=\"background-position:" + place(i % kMistakesARow, sheet->columns) +
                                            " " + place(i / kMistakesARow, sheet->rows) + "\"></i>"
                                      : "";
    faces += element("div", picture + captionOf(set, entry.mistakes[i]), "class=\"face\"");
  }
  return faces;
}

/// How mistakes.png is cut into cells; nothing where there is none or its cells cannot be those of the mistakes.
std::optional<Sheet> sheetOf(const Entry& entry) {
  const std::optional<PngSize> size = pngSize(entry.evaluated.mistakes_png);
  if (!size || entry.mistakes.empty()) return {};
  const Sheet sheet{kMistakesARow, (entry.mistakes.size() + kMistakesARow - 1) / kMistakesARow};
  if (size->width == 0 || size->height == 0 || size->width % sheet.columns != 0 || size->height % sheet.rows != 0)
    return {};
  return sheet;
}

}  // namespace

PageSection mistakesSection(const ComparableSet& set, const std::string& prefix) {
  constexpr std::size_t kOpen = 2;
  PageSection section{
      "mistakes", "The most confident mistakes",
      element("p",
              "Each model's wrong predictions that it was surest of: the label → <b>the prediction</b>, "
              "its confidence, the image's row in the data.")};
  bool any = false;
  for (std::size_t i = 0; i < set.entries.size(); ++i) {
    const Entry& entry = set.entries[i];
    if (entry.mistakes.empty()) continue;
    any = true;
    const std::string name = prefix + "faces" + std::to_string(i + 1);
    const std::optional<Sheet> sheet = sheetOf(entry);
    if (sheet) {
      const PngSize size = *pngSize(entry.evaluated.mistakes_png);
      section.style += "." + name + " i{background-image:url(" + pngAddress(entry.evaluated.mistakes_png) +
                       ");background-size:" + std::to_string(sheet->columns) + "00% " + std::to_string(sheet->rows) +
                       "00%;aspect-ratio:" + std::to_string(size.width / sheet->columns) + "/" +
                       std::to_string(size.height / sheet->rows) + "}\n";
    }
    section.html += element("details",
                            element("summary", xmlText(entry.name)) +
                                element("div", facesOf(set, entry, sheet), "class=\"faces " + name + "\""),
                            i < kOpen ? "open" : "");
  }
  return any ? section : PageSection{};
}

PageSection explanationsSection(const ComparableSet& set) {
  PageSection section{"explanations", "What the models look at",
                      element("p",
                              "Grad-CAM at each model's last convolution: bright where the image speaks for the "
                              "prediction.")};
  bool any = false;
  for (const Entry& entry : set.entries) {
    if (entry.evaluated.explained.empty()) continue;
    std::string sheets;
    for (const PictureFile& picture : entry.evaluated.explained)
      sheets += figure(picture.name, "<img class=\"sheet\" alt=\"Grad-CAM sheet of " + xmlText(picture.name) + " by " +
                                         xmlText(entry.name) + "\" src=\"" + pngAddress(picture.png) + "\">");
    section.html +=
        element("details", element("summary", xmlText(entry.name)) + element("div", sheets, "class=\"plots sheets\""),
                any ? "" : "open");
    any = true;
  }
  return any ? section : PageSection{};
}

}  // namespace fer::report
