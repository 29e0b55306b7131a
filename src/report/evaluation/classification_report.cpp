#include "report/evaluation/classification_report.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "fer/core/text/numbers.hpp"
#include "report/measures.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr std::size_t kColumn = 9;
constexpr std::string_view kLongestHeading = "weighted avg";

std::string columns(const std::string& a, const std::string& b, const std::string& c, const std::string& d) {
  std::string text = " ";
  for (const auto* cell : {&a, &b, &c, &d}) text += " " + padLeft(*cell, kColumn);
  return text;
}

std::string line(const std::string& name, std::size_t width, const metrics::PrecisionRecall& scores,
                 std::int64_t support) {
  return padLeft(name, width) +
         columns(fixed(scores.precision, kScoreDigits), fixed(scores.recall, kScoreDigits),
                 fixed(scores.f1, kScoreDigits), std::to_string(support)) +
         "\n";
}

}  // namespace

std::string classificationReport(const std::vector<std::string>& classes, const metrics::Scores& scores) {
  if (classes.size() != scores.per_class.size())
    throw std::invalid_argument("classificationReport: names and scores of classes differ in number");
  std::size_t width = kLongestHeading.size();
  for (const std::string& name : classes) width = std::max(width, characters(name));

  std::string text = padLeft("", width) + columns("precision", "recall", "f1-score", "support") + "\n\n";
  for (std::size_t i = 0; i < classes.size(); ++i)
    text += line(classes[i], width, scores.per_class[i], scores.per_class[i].support);
  text += "\n" + padLeft("accuracy", width) +
          columns("", "", fixed(scores.accuracy, kScoreDigits), std::to_string(scores.rows)) + "\n";
  text += line("macro avg", width, scores.macro, scores.rows);
  text += line(std::string(kLongestHeading), width, scores.weighted, scores.rows);
  return text;
}

}  // namespace fer::report
