#include "published.hpp"

#include <algorithm>

#include "markdown_table.hpp"
#include "text.hpp"

namespace fer::report {
namespace {

/// Weighted averages in per cent. Source: the original project's notebook.
struct Published {
  const char* model;
  double accuracy;
  double precision;
  double f1;
  double balanced_accuracy;
};

constexpr Published kPublished[] = {
    {"generic", 64.73, 64.93, 64.38, 61.18},         {"vgg_block", 65.09, 65.27, 64.95, 62.26},
    {"inception_block", 51.39, 50.04, 49.94, 46.62}, {"vgg16", 55.27, 55.67, 54.33, 52.47},
    {"resnet50", 37.35, 38.48, 35.46, 30.24},
};
constexpr std::int64_t kTestRows = 7178;

const Published* publishedFor(const metrics::Summary& summary) {
  const bool same_test = summary.protocol == "original" && summary.all.scores.rows == kTestRows;
  const auto* const found = std::find_if(std::begin(kPublished), std::end(kPublished),
                                         [&](const Published& entry) { return summary.model == entry.model; });
  return same_test && found != std::end(kPublished) ? found : nullptr;
}

std::string both(double ours, double published) {
  constexpr double kPerCent = 100;
  return fixed(kPerCent * ours, 2) + " / " + fixed(published, 2);
}

}  // namespace

std::string besidePublished(const std::vector<std::pair<std::string, const metrics::Summary*>>& runs,
                            const std::string& split) {
  MarkdownTable table;
  table.column("run", MarkdownTable::Align::kLeft);
  table.column("model", MarkdownTable::Align::kLeft);
  for (const char* heading : {"accuracy", "balanced accuracy", "weighted F1", "weighted precision"})
    table.column(heading, MarkdownTable::Align::kRight);
  bool any = false;
  for (const auto& [name, summary] : runs) {
    const Published* published = publishedFor(*summary);
    if (published == nullptr) continue;
    any = true;
    const metrics::Scores& scores = summary->all.scores;
    table.row({name, summary->model, both(scores.accuracy, published->accuracy),
               both(scores.balanced_accuracy, published->balanced_accuracy), both(scores.weighted.f1, published->f1),
               both(scores.weighted.precision, published->precision)});
  }
  if (!any || split != "test") return "";
  return "\nBeside the original project's published scores (ours / published, per cent, on the same 7,178 "
         "images):\n\n" +
         table.text();
}

}  // namespace fer::report
