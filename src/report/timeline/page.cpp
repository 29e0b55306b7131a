#include <algorithm>
#include <cstdlib>

#include "fer/core/hash.hpp"
#include "fer/core/text/base64.hpp"
#include "fer/report/legal.hpp"
#include "report/page/html.hpp"
#include "report/page/style.hpp"
#include "report/text.hpp"
#include "report/timeline/assets.hpp"
#include "report/timeline/colours.hpp"
#include "report/timeline/sections.hpp"

namespace fer::report {
namespace {

std::string titleOf(const Timeline& timeline) {
  if (timeline.sources.size() == 1) return timeline.sources.front().name;
  return "Timeline of " + std::to_string(timeline.sources.size()) + " sources";
}

/// The script's hash as a Content-Security-Policy names it. Source: CSP Level 3, section 2.3.1.
std::string scriptHash() {
  Sha256 hash;
  hash.add(timelineScript());
  const std::string hex = hash.hex();
  std::string bytes;
  constexpr int kBase = 16;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes += static_cast<char>(std::strtol(hex.substr(i, 2).c_str(), nullptr, kBase));
  return "'sha256-" + base64(bytes) + "'";
}

/// The browser itself is told to ask for nothing but videos, and to run nothing but the script below.
std::string head(const Timeline& timeline) {
  std::string html =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; media-src 'self' "
      "file:; style-src 'unsafe-inline'; script-src " +
      scriptHash() +
      "\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n";
  if (timeline.reload_seconds > 0)
    html += "<meta http-equiv=\"refresh\" content=\"" + std::to_string(timeline.reload_seconds) + "\">\n";
  return html + element("title", xmlText(titleOf(timeline))) +
         element("style", std::string(pageStyle()) + std::string(printStyle()) + std::string(timelineStyle())) +
         "</head>\n<body>\n";
}

std::string header(const Timeline& timeline) {
  std::string line = "What each face looks like over time; the height is how sure the network is. ";
  line += timeline.analysed.empty() ? "No frame was analysed yet." : "Analysed " + timeline.analysed + ".";
  if (timeline.reload_seconds > 0)
    line += " This goes on; the page loads itself anew every " + std::to_string(timeline.reload_seconds) + " s.";
  return element("header", element("h1", xmlText(titleOf(timeline))) + element("p", xmlText(line), "class=\"note\""));
}

std::string footer(const Timeline& timeline) {
  const std::string made = "Emotions by " + timeline.model + " (" + timeline.engine + "), faces by " +
                           timeline.detector +
                           ". A label says which of its classes a face looks like to the network, not what a person "
                           "feels.";
  return element("footer",
                 element("p", xmlText(made), "class=\"note\"") + element("p", xmlText(kProhibition), "class=\"note\""));
}

}  // namespace

std::string timelinePage(const Timeline& timeline) {
  const std::vector<std::string> colours = classColours(timeline.classes);
  std::string sections;
  for (std::size_t i = 0; i < timeline.sources.size(); ++i) sections += sourceSection(timeline, i, colours);
  return head(timeline) + header(timeline) + element("main", sections) + footer(timeline) + "<script>" +
         std::string(timelineScript()) + "</script>\n</body>\n</html>\n";
}

}  // namespace fer::report
