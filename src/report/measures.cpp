#include "report/measures.hpp"

#include "fer/core/text/numbers.hpp"
#include "fer/metrics/intervals/score_intervals.hpp"
#include "report/text.hpp"

namespace fer::report {

std::string intervalText(const metrics::Interval& interval) {
  constexpr int kDigits = 4;
  return fixed(interval.low, kDigits) + " .. " + fixed(interval.high, kDigits);
}

std::string alikeText(const metrics::Summary& summary) {
  if (!summary.intervals || !metrics::allAlike(summary.all.confusion)) return "";
  if (summary.intervals->front().low == summary.intervals->front().high)
    return "";  // of a fer that had no Wilson there
  return std::string(summary.all.confusion.correct() == 0 ? "No" : "Every") +
         " image is recognised, which resampling would call certain: these intervals are Wilson's, but for the ECE.";
}

std::string costText(const metrics::Cost& cost) {
  constexpr double kMega = 1e6;
  return (cost.gflop > 0 ? fixed(cost.gflop, 3) + " GFLOP an image, " : "") +
         fixed(static_cast<double>(cost.file_bytes) / kMega, 1) + " MB, " + fixed(cost.ms_a_face, 2) + " ms a face, " +
         fixed(cost.images_per_s, 0) + " images/s (" + cost.processor + ", " + std::to_string(cost.threads) +
         (cost.threads == 1 ? " thread)" : " threads)");
}

std::string usageText(const metrics::UsagePart& part) {
  return part.usage.empty() ? "no usage" : part.usage;
}

std::string ceilingText(const metrics::Ceiling& ceiling) {
  return "the dataset's labels by FER+'s votes alone " + fixed(ceiling.votes, kScoreDigits) +
         ", by votes and network together " + fixed(ceiling.both, kScoreDigits) + " (softmax regressions fitted on " +
         grouped(ceiling.validation_rows) + " validation images)";
}

}  // namespace fer::report
