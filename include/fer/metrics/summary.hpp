#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "fer/metrics/confusion.hpp"
#include "fer/metrics/evaluation.hpp"
#include "fer/metrics/intervals/bootstrap.hpp"
#include "fer/metrics/intervals/interval.hpp"
#include "fer/metrics/probability/scores.hpp"
#include "fer/metrics/scores.hpp"

namespace fer::metrics {

/// A set of rows: the counts, and the scores that follow from them.
struct ScoredRows {
  ConfusionMatrix confusion;
  Scores scores;  ///< scores(confusion)
};

/// Those rows of a split that the dataset's file gives one usage.
struct UsagePart {
  std::string usage;  ///< "PublicTest", "PrivateTest" ...
  ScoredRows scored;
};

/// An evaluation without its single rows: what evaluation.json stores and every table and picture is drawn from.
struct Summary : Origin {
  ScoredRows all;
  ScoredRows leak_free;  ///< only the rows whose pixels do not stand in the run's training rows
  std::optional<ProbabilityScores> probability{};  ///< of all rows; none in evaluations of schema 1
  std::optional<std::array<Interval, kScores>>
      intervals{};                 ///< of all rows, 95 %, scoreIntervals(); none in evaluations of schema 1
  std::vector<UsagePart> parts{};  ///< by name, where the rows are of more than one usage; empty elsewhere
};

/// Throws std::invalid_argument where the evaluation's lists differ in length, a label is no class, or a probability is
/// not a number.
Summary summarise(const Evaluation& evaluation);

/// The rows of a confusion matrix, scored.
ScoredRows scored(ConfusionMatrix confusion);

}  // namespace fer::metrics
