#include "fer/report/page/run_page.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

#include "fer/core/progress.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/report/plot/curves.hpp"
#include "report/page/run_page_style.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

std::string number(double value, int digits) {
  return std::isfinite(value) ? fixed(value, digits) : "–";
}

std::string cell(const std::string& text) {
  return "<td>" + text + "</td>";
}

std::string tile(const std::string& what, const std::string& value) {
  return "<div><b>" + xmlText(value) + "</b>" + xmlText(what) + "</div>\n";
}

/// What is left at the pace of the last epochs; early stopping may end it sooner.
double secondsLeft(const RunPage& page) {
  constexpr std::size_t kLast = 5;
  const std::size_t count = std::min(kLast, page.seconds.size());
  if (count == 0) return 0;
  const double spent =
      std::accumulate(page.seconds.end() - static_cast<std::ptrdiff_t>(count), page.seconds.end(), 0.0);
  return spent / static_cast<double>(count) * (page.epochs - static_cast<double>(page.seconds.size()));
}

std::string stateOf(const RunPage& page) {
  const std::string done = std::to_string(page.seconds.size()) + " of " + std::to_string(page.epochs) + " epochs";
  if (!page.ending.empty()) return done + ", " + page.ending;
  if (page.seconds.empty()) return done + ", in the first one";
  return done + ", at most " + durationText(secondsLeft(page)) + " to go";
}

/// Lines stay lines, which xmlText alone would not keep.
std::string preformatted(const std::string& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) out += xmlText(line) + "\n";
  return out;
}

std::string head(const RunPage& page) {
  std::string text =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  if (page.reload_seconds > 0)
    text += "<meta http-equiv=\"refresh\" content=\"" + std::to_string(page.reload_seconds) + "\">\n";
  text += "<title>" + xmlText(page.run) + "</title>\n<style>" + kRunPageStyle + "</style>\n</head>\n<body>\n";
  text += "<h1>" + xmlText(page.run) + "</h1>\n<p>model " + xmlText(page.model) + " · " + xmlText(stateOf(page)) +
          "</p>\n<p>written " + xmlText(page.written) +
          (page.reload_seconds > 0 ? ", loads itself anew every " + std::to_string(page.reload_seconds) + " s" : "") +
          "</p>\n";
  if (page.ending.empty())
    text += "<progress max=\"" + std::to_string(page.epochs) + "\" value=\"" + std::to_string(page.seconds.size()) +
            "\" aria-label=\"epochs\"></progress>\n";
  return text;
}

std::string tiles(const RunPage& page) {
  const History& history = page.history;
  std::string text = "<div class=\"tiles\">\n";
  if (page.best) {
    text += tile("best epoch (from 0), by " + page.monitor, fixed(history.epochs[*page.best], 0));
    text += tile("its validation accuracy", number(history.accuracy.validation[*page.best], 4));
    text += tile("its validation loss", number(history.loss.validation[*page.best], 4));
  }
  const double spent = std::accumulate(page.seconds.begin(), page.seconds.end(), 0.0);
  text += tile("spent so far", durationText(spent));
  return text + "</div>\n";
}

std::string table(const RunPage& page) {
  const History& history = page.history;
  std::string text =
      "<h2>Epochs</h2>\n<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr><th>epoch, from 0</th><th>loss</th>"
      "<th>validation loss</th><th>accuracy</th><th>validation accuracy</th><th>learning rate</th>"
      "<th>time</th></tr></thead>\n<tbody>\n";
  // The latest first: it is what a reader of a running training looks for.
  for (std::size_t i = history.epochs.size(); i-- > 0;) {
    text += page.best == i ? "<tr class=\"best\">" : "<tr>";
    text += cell(fixed(history.epochs[i], 0)) + cell(number(history.loss.train[i], 4)) +
            cell(number(history.loss.validation[i], 4)) + cell(number(history.accuracy.train[i], 4)) +
            cell(number(history.accuracy.validation[i], 4)) + cell(scientific(page.lr[i])) +
            cell(durationText(page.seconds[i])) + "</tr>\n";
  }
  return text + "</tbody></table></div>\n";
}

}  // namespace

std::string runPage(const RunPage& page) {
  std::string text = head(page) + tiles(page);
  if (!page.history.epochs.empty())
    text += "<h2>Curves</h2>\n<div class=\"curves\">\n<figure>" + lossSvg(page.history) + "</figure>\n<figure>" +
            accuracySvg(page.history) + "</figure>\n</div>\n" + table(page);
  return text + "<details><summary>Config</summary><pre>" + preformatted(page.config) +
         "</pre></details>\n</body>\n</html>\n";
}

}  // namespace fer::report
