#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fer/metrics/evaluation.hpp"
#include "fer/metrics/summary.hpp"

namespace fer::report {

inline metrics::Origin sampleOrigin() {
  metrics::Origin origin;
  origin.run = "vgg_block";
  origin.model = "vgg_block";
  origin.split = "test";
  origin.protocol = "original";
  origin.checkpoint = "best";
  origin.epoch = 41;
  origin.data_path = "data/fer2013.csv";
  origin.data_hash = "b1946ac92492d2347c6235b4d2611184f5ca5b6a4f0c1d2e3f405162738495a6";
  origin.parameters = 4824007;
  origin.seconds = 28.5;
  origin.classes = {"angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"};
  return origin;
}

/// A plausible result on FER-2013's 7,178 test rows: counts by true class and predicted class.
inline metrics::Summary sampleSummary() {
  metrics::Summary summary{sampleOrigin(), {}, {}};
  summary.all = metrics::scored(metrics::ConfusionMatrix(
      7,
      {554, 12, 98, 64, 118, 22, 90, 30,  55, 9,   5,  7, 2,  3,  114, 4,   432, 68, 196, 104, 106, 41,  0,  37, 1537,
       47,  36, 76, 99, 3,   96, 98, 682, 12, 257, 17, 1, 66, 52, 16,  657, 22,  56, 1,   53,  108, 202, 20, 793}));
  summary.leak_free = metrics::scored(metrics::ConfusionMatrix(
      7,
      {530, 11, 98, 62, 115, 21, 89, 28,  50, 9,   5,  7, 2,  3,  110, 4,   415, 66, 190, 101, 104, 40,  0,  36, 1490,
       46,  36, 75, 98, 3,   95, 96, 660, 12, 250, 17, 1, 64, 50, 16,  630, 22,  55, 1,   52,  106, 198, 20, 770}));
  return summary;
}

/// The same with all that an evaluation may hold: of an ensemble, calibrated, its cost measured.
inline metrics::Summary completeSummary() {
  metrics::Summary summary = sampleSummary();
  summary.run = "ensemble";
  summary.tta = "flip";
  summary.members = {{"vgg_block", 0.75}, {"generic", 0.25}};
  summary.ensemble_weights = "validation";
  summary.test_reads = 3;
  summary.cost = metrics::Cost{0.31, 36500000, 12.5, 160.25, "a processor", 2};
  summary.calibration = metrics::Calibration{1.4375, 5741, 0.9125, 0.4625, 0.0125};
  metrics::ProbabilityScores scores;
  scores.top2 = 0.8125;
  scores.kappa = metrics::cohenKappa(summary.all.confusion);
  scores.mcc = metrics::matthews(summary.all.confusion);
  scores.nll = 1.0625;
  scores.brier = 0.4875;
  scores.ece = 0.09375;
  scores.ece_equal_mass = 0.0925;
  for (std::size_t i = 0; i < summary.classes.size(); ++i)
    scores.per_class.push_back({0.8 + 0.0125 * static_cast<double>(i), 0.5 + 0.025 * static_cast<double>(i)});
  summary.probability = scores;
  summary.intervals = {{{0.645, 0.667}, {0.605, 0.635}, {0.6175, 0.646}, {0.64, 0.6625}, {0.0825, 0.104}}};
  return summary;
}

/// Five rows of three classes, names that every format must escape among them; the last row also stands in training.
inline metrics::Evaluation smallEvaluation() {
  metrics::Evaluation evaluation;
  static_cast<metrics::Origin&>(evaluation) = sampleOrigin();
  evaluation.run = "a|b <run> & \"so\"";
  evaluation.classes = {"angry, very", "say \"hm\"", "müde & <sad>"};
  evaluation.rows = {7, 8, 100, 4294967295, 0};
  evaluation.usages = {"PublicTest", "PublicTest", "PrivateTest", "PrivateTest", ""};
  evaluation.labels = {0, 1, 1, 0, 0};
  evaluation.probabilities = {1.0F,        0.0F,  0.0F,  0.1F, 0.7F, 0.2F,  0.33333334F, 0.33333334F,
                              0.33333334F, 1e-9F, 1e-9F, 1.0F, 0.5F, 0.25F, 0.25F};
  evaluation.in_training = {false, false, false, false, true};
  return evaluation;
}

}  // namespace fer::report
