#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "fer/metrics/confusion.hpp"
#include "fer/metrics/summary.hpp"
#include "fer/report/comparison/run_result.hpp"
#include "report/samples.hpp"

namespace fer::report {

/// Rows 100, 101 ... with labels 0, 1, 2, 0 ...
inline Predictions samplePredictions(std::size_t rows) {
  Predictions found;
  found.classes = {"angry", "happy", "sad & <low>"};
  for (std::size_t i = 0; i < rows; ++i) {
    found.rows.push_back(static_cast<std::uint32_t>(100 + i));
    found.usages.emplace_back("PublicTest");
    found.labels.push_back(static_cast<int>(i % found.classes.size()));
  }
  return found;
}

/// The next class for the wrong rows; how sure a prediction is differs from row to row.
inline void predict(Predictions& found, const std::vector<bool>& right) {
  const std::size_t classes = found.classes.size();
  for (std::size_t i = 0; i < right.size(); ++i) {
    const auto label = static_cast<std::size_t>(found.labels[i]);
    const std::size_t predicted = right[i] ? label : (label + 1) % classes;
    const float sure = 0.4F + 0.01F * static_cast<float>(i * 7 % 60);
    found.predicted.push_back(static_cast<int>(predicted));
    for (std::size_t k = 0; k < classes; ++k)
      found.probabilities.push_back(k == predicted ? sure : (1 - sure) / static_cast<float>(classes - 1));
  }
}

/// A run whose model is right on the given rows.
inline RunResult sampleRun(const std::string& folder, const std::vector<bool>& right) {
  Evaluated evaluated;
  evaluated.folder = "test";
  evaluated.predictions = samplePredictions(right.size());
  predict(evaluated.predictions, right);
  metrics::Summary& summary = evaluated.summary;
  static_cast<metrics::Origin&>(summary) = sampleOrigin();
  summary.model = "generic";
  summary.classes = evaluated.predictions.classes;
  summary.all =
      metrics::scored(metrics::ConfusionMatrix(3, evaluated.predictions.labels, evaluated.predictions.predicted));
  summary.leak_free = summary.all;
  RunResult run;
  run.folder = folder;
  run.evaluations.push_back(std::move(evaluated));
  return run;
}

/// The evaluation against FER+, which leaves the last fifth of the rows out.
inline metrics::Summary sampleOtherLabels(const Evaluated& evaluated) {
  metrics::Summary other = evaluated.summary;
  other.label_set = "FER+";
  std::vector<int> labels = evaluated.predictions.labels;
  std::vector<int> predicted = evaluated.predictions.predicted;
  const std::size_t kept = labels.size() - labels.size() / 5;
  labels.resize(kept);
  predicted.resize(kept);
  other.all = metrics::scored(metrics::ConfusionMatrix(3, labels, predicted));
  other.leak_free = other.all;
  other.intervals.emplace();
  other.intervals->fill({0.8125, 0.9375});
  return other;
}

/// The first `right` of so many rows right.
inline std::vector<bool> firstRight(std::size_t right, std::size_t rows) {
  std::vector<bool> found(rows);
  for (std::size_t i = 0; i < right; ++i) found[i] = true;
  return found;
}

/// The head of a PNG file: enough to know its size.
inline std::string pngHead(unsigned char width, unsigned char height) {
  return std::string("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0", 19) + static_cast<char>(width) + std::string(3, '\0') +
         static_cast<char>(height) + "...";
}

/// Three runs, two of them of one recipe, one also with flipped images, and one that is not evaluated. Between them
/// they have all that a report can show.
inline std::vector<RunResult> sampleRuns() {
  constexpr std::size_t kRows = 60;
  RunResult good = sampleRun("/x/experiments/good", firstRight(50, kRows));
  good.config = {{"model.name", "generic"}, {"train.seed", "1"}, {"data.path", "/a"}, {"machine.threads", "1"}};
  good.environment = {{"libtorch", "1.13.0"}, {"data.path", "/a"}};
  good.test_reads = 2;
  History history;
  history.epochs = {0, 1, 2};
  history.loss = {{1.8, 1.5, 1.2}, {1.9, 1.6, 1.5}};
  history.accuracy = {{0.3, 0.4, 0.5}, {0.25, std::nan(""), 0.45}};
  good.history = history;
  Evaluated& evaluated = good.evaluations.front();
  evaluated.summary.cost = metrics::Cost{0.25, 19300000, 6.5, 512, "AMD EPYC", 2};
  evaluated.summary.calibration = metrics::Calibration{1.5, 300, 0.9, 0.4, 0.05};
  evaluated.robustness =
      metrics::Robustness{{{"gamma", "", 1, {0.5, 1, 2}, {0.5, 0.8, 0.6}, {0.5, 0.8, 0.6}, 0.7}},
                          {{"darkest quarter", 15, 0.4, {0.2, 0.6}}, {"brightest quarter", 15, 0.9, {0.7, 1}}}};
  evaluated.mistakes_png = pngHead(8 * 4, 2 * 4);
  evaluated.explained = {{"angry", pngHead(4, 4)}};
  Evaluated flipped = evaluated;
  flipped.folder = "test-flip";
  flipped.summary.tta = "flip";
  flipped.summary.cost->ms_a_face = 13;
  flipped.summary.intervals.emplace();
  flipped.summary.intervals->fill({0.125, 0.875});
  good.evaluations.push_back(std::move(flipped));

  RunResult again = sampleRun("/x/experiments/good-again/", firstRight(44, kRows));
  again.config = {{"model.name", "generic"}, {"train.seed", "2"}, {"data.path", "/b"}, {"machine.threads", "2"}};
  again.environment = {{"libtorch", "2.13.0"}, {"data.path", "/b"}};

  again.evaluations.front().other_labels = sampleOtherLabels(again.evaluations.front());

  RunResult poor = sampleRun("/x/experiments/po|or", firstRight(20, kRows));
  poor.evaluations.front().summary.model = "resnet50";
  poor.config = {{"model.name", "resnet50"}, {"train.seed", "1"}, {"model.weights", "a.pth"}};

  RunResult open;
  open.folder = "/x/experiments/new";
  return {std::move(poor), std::move(good), std::move(open), std::move(again)};
}

}  // namespace fer::report
