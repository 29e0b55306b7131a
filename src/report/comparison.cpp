#include "fer/report/comparison.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "markdown_table.hpp"
#include "published.hpp"
#include "text.hpp"

namespace fer::report {
namespace {

using Align = MarkdownTable::Align;
using metrics::Summary;

/// A run with the name that the table gives it.
struct Line {
  std::string name;
  const RunResult* run;
};

/// A score in which higher is better.
struct ScoreColumn {
  const char* heading;
  double (*score)(const Summary&);
};

constexpr std::array kScores{
    ScoreColumn{"accuracy", [](const Summary& s) { return s.all.scores.accuracy; }},
    ScoreColumn{"balanced accuracy", [](const Summary& s) { return s.all.scores.balanced_accuracy; }},
    ScoreColumn{"macro F1", [](const Summary& s) { return s.all.scores.macro.f1; }},
    ScoreColumn{"weighted F1", [](const Summary& s) { return s.all.scores.weighted.f1; }},
    ScoreColumn{"weighted precision", [](const Summary& s) { return s.all.scores.weighted.precision; }},
    ScoreColumn{"leak-free accuracy", [](const Summary& s) { return s.leak_free.scores.accuracy; }},
};

/// The folder's own name; "experiments/a/" and "experiments/a/." are a, too.
std::string folderName(const std::filesystem::path& folder) {
  const std::filesystem::path clean = std::filesystem::absolute(folder).lexically_normal();
  return clean.has_filename() ? clean.filename().string() : clean.parent_path().filename().string();
}

/// Named by their folders' names, by the whole path where two share one; best first, then by name.
std::vector<Line> linesOf(const std::vector<RunResult>& runs) {
  std::map<std::string, int> uses;
  for (const RunResult& run : runs) ++uses[folderName(run.folder)];
  std::vector<Line> lines;
  for (const RunResult& run : runs) {
    const std::string name = folderName(run.folder);
    lines.push_back({uses[name] > 1 ? run.folder.string() : name, &run});
  }
  std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    const auto accuracy = [](const Line& line) {
      return line.run->summary ? line.run->summary->all.scores.accuracy : -1;
    };
    return accuracy(a) != accuracy(b) ? accuracy(a) > accuracy(b) : a.name < b.name;
  });
  return lines;
}

/// "protocol: original (a, b), challenge (c)", or nothing where all runs agree.
std::string difference(const std::vector<Line>& lines, const std::string& what,
                       const std::function<std::string(const Summary&)>& value) {
  std::map<std::string, std::string> names;
  for (const Line& line : lines) {
    if (!line.run->summary) continue;
    std::string& list = names[value(*line.run->summary)];
    list += (list.empty() ? "" : ", ") + markdownText(line.name);
  }
  if (names.size() < 2) return "";
  std::string text = what;
  const char* separator = ": ";
  for (const auto& [key, list] : names) {
    text.append(separator).append(markdownText(key)).append(" (").append(list).append(")");
    separator = ", ";
  }
  return text;
}

std::vector<std::string> differences(const std::vector<Line>& lines) {
  constexpr std::size_t kHashShown = 12;
  std::vector<std::string> found{
      difference(lines, "data hash", [](const Summary& s) { return shortened(s.data_hash, kHashShown); }),
      difference(lines, "protocol", [](const Summary& s) { return s.protocol; }),
      difference(lines, "rows", [](const Summary& s) { return grouped(s.all.scores.rows); })};
  std::erase(found, "");
  return found;
}

std::string scoreCell(const std::vector<Line>& lines, const Summary& summary, const ScoreColumn& column, bool mark) {
  const std::string text = fixed(column.score(summary), 4);
  const bool best = std::none_of(lines.begin(), lines.end(), [&](const Line& line) {
    return line.run->summary && column.score(*line.run->summary) > column.score(summary);
  });
  return mark && best ? "**" + text + "**" : text;
}

/// `link` gives the name of a run as its cell shows it.
std::string table(const std::vector<Line>& lines, bool mark_best, const std::function<std::string(const Line&)>& link) {
  MarkdownTable table;
  table.column("run", Align::kLeft);
  table.column("model", Align::kLeft);
  table.column("parameters", Align::kRight);
  table.column("epoch", Align::kRight);
  table.column("weights", Align::kLeft);
  for (const ScoreColumn& column : kScores) table.column(column.heading, Align::kRight);
  table.column("rows", Align::kRight);
  for (const Line& line : lines) {
    if (!line.run->summary) continue;
    const Summary& summary = *line.run->summary;
    std::vector<std::string> cells{link(line), markdownText(summary.model), grouped(summary.parameters),
                                   std::to_string(summary.epoch), markdownText(summary.weights)};
    for (const ScoreColumn& column : kScores) cells.push_back(scoreCell(lines, summary, column, mark_best));
    cells.push_back(grouped(summary.all.scores.rows));
    table.row(std::move(cells));
  }
  return table.text();
}

std::string notes(const std::vector<Line>& lines, const std::string& split, const std::vector<std::string>& differ) {
  std::string text =
      "\nLeak-free accuracy leaves out the images that also stand, pixel for pixel, in the run's training rows.\n";
  if (!differ.empty()) {
    text += "\nNot comparable, and none marked as the best: the runs differ in\n\n";
    for (const std::string& one : differ) text += "- " + one + "\n";
  }
  std::string open;
  for (const Line& line : lines)
    if (!line.run->summary)
      open += "- " + markdownText(line.name) + ": not evaluated: run `fer-eval --run " + line.run->folder.string() +
              (split == "test" ? "" : " --split " + split) + "`\n";
  std::vector<std::pair<std::string, const Summary*>> evaluated;
  for (const Line& line : lines)
    if (line.run->summary) evaluated.emplace_back(markdownText(line.name), &*line.run->summary);
  return text + (open.empty() ? "" : "\n" + open) + besidePublished(evaluated, split);
}

/// A path as the target of a Markdown link: what is not plain is percent-encoded.
std::string linkTarget(const std::filesystem::path& path) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  constexpr const char* kDigits = "0123456789ABCDEF";
  constexpr unsigned kBase = 16;
  std::string out;
  for (const char byte : path.generic_string()) {
    const auto value = static_cast<unsigned char>(byte);
    if (kPlain.find(byte) != std::string_view::npos)
      out += byte;
    else
      out += std::string("%") + kDigits[value / kBase] + kDigits[value % kBase];
  }
  return out;
}

}  // namespace

std::string comparisonText(const std::vector<RunResult>& runs, const std::string& split) {
  const std::vector<Line> lines = linesOf(runs);
  return table(lines, false, [](const Line& line) { return markdownText(line.name); }) +
         notes(lines, split, differences(lines));
}

std::string comparisonMarkdown(const std::vector<RunResult>& runs, const std::string& split,
                               const std::filesystem::path& file) {
  const std::vector<Line> lines = linesOf(runs);
  const std::vector<std::string> differ = differences(lines);
  const std::filesystem::path home = std::filesystem::absolute(file).lexically_normal().parent_path();
  const auto link = [&](const Line& line) {
    const auto target = std::filesystem::absolute(line.run->folder / "eval" / split / "report.md").lexically_normal();
    return "[" + markdownText(line.name) + "](" + linkTarget(target.lexically_relative(home)) + ")";
  };
  return "# Runs on the " + split + " split\n\n" + table(lines, differ.empty(), link) + notes(lines, split, differ);
}

}  // namespace fer::report
