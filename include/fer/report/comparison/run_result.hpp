#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fer/metrics/robustness.hpp"
#include "fer/metrics/summary.hpp"
#include "fer/report/evaluation/predictions_csv.hpp"
#include "fer/report/history.hpp"

namespace fer::report {

/// A picture file as it stands on the disk.
struct PictureFile {
  std::string name;  ///< without ".png"
  std::string png;   ///< the file's bytes
};

/// One evaluation of a run: its folder eval/<split>, eval/<split>-flip or eval/<split>-tencrop.
struct Evaluated {
  std::string folder;  ///< the last part of it, e.g. "test-flip"
  metrics::Summary summary;
  Predictions predictions;
  std::optional<metrics::Robustness> robustness;
  std::optional<metrics::Summary> other_labels;  ///< the same predictions against a second set of labels
  std::string mistakes_png;                      ///< the bytes of mistakes.png; empty where there is none
  std::vector<PictureFile> explained;            ///< explain/*.png by name
};

/// A JSON file's values by their keys' paths ("train.seed"), as compact JSON; texts without quotes.
using FlatJson = std::map<std::string, std::string>;

/// A run directory or an ensemble's folder and what it scored on a split.
struct RunResult {
  std::filesystem::path folder;        ///< as it was given
  std::vector<Evaluated> evaluations;  ///< none where it was not evaluated on the split; the plain one first
  std::optional<History> history;      ///< metrics.csv
  FlatJson config;                     ///< config.json; empty for an ensemble
  FlatJson environment;                ///< environment.json
  std::string damage;  ///< why it cannot be read, where it cannot: nothing else but the folder is then set
  int test_reads = 0;  ///< entries of test_reads.json
};

/// Reads all that reports of the split are drawn from. Nothing where the path is no run: a file, or a folder with
/// neither config.json, ensemble.json nor such an evaluation. Throws Error (bad data) where the path does not exist or
/// cannot be entered, and where a file is damaged or does not fit to the others.
std::optional<RunResult> readRunResult(const std::filesystem::path& folder, const std::string& split);

/// The same, but a run that stands there and is damaged comes back as one, so that it does not end the report of
/// others.
std::optional<RunResult> readRunOrDamage(const std::filesystem::path& folder, const std::string& split);

}  // namespace fer::report
