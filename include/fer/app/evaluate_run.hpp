#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace fer::app {

/// What is to be evaluated, how, and what is to be said of it.
struct EvalRequest {
  std::string run;                    ///< a run or an ensemble's folder; empty where `ensemble` or `model` is not
  std::vector<std::string> ensemble;  ///< members' runs, two at least
  std::string model;                  ///< or an exported model, "x.onnx"
  std::string engine = "auto";        ///< that runs it, engine::EngineOptions
  std::string out;                    ///< the folder of the ensemble, or of the exported model's evaluations
  std::string weighting = "equal";    ///< of its members: "equal" or "validation"
  std::string split = "test";
  std::string checkpoint = "best";  ///< of the run: "best", "last" or "final"
  bool checkpoint_given = false;
  bool split_given = false;
  std::optional<std::string> data;
  std::string ferplus;               ///< fer2013new.csv, to score against its labels as well; empty: the run's
  std::vector<std::string> classes;  ///< of `data`, in the order of its labels; empty: the run's
  std::string device = "auto";
  int threads = 0;           ///< 0: every processor that it may use
  std::string tta = "none";  ///< "none", "flip" or "tencrop"
  bool calibrate = false;
  bool ceiling = false;  ///< of the labels, by FER+'s votes
  bool cost = false;
  bool explain = false;
  bool robustness = false;
  std::size_t robustness_rows = 0;  ///< 0: all

  /// Of the folder below eval/; `part` is a split, or the name of another dataset.
  std::string evaluationName(const std::string& part) const;
  std::string how() const;  ///< for test_reads.json
};

/// What the split is called where all rows of another dataset than the run's are scored.
constexpr const char* kAllRows = "all";

/// Evaluates, writes all results into the run's (or ensemble's) eval/<name>/ as a whole, and prints the report. Throws
/// Error; an earlier evaluation then stands as it was. Two at once on one run wait for each other to write.
void evaluateRun(EvalRequest request);

}  // namespace fer::app
