#pragma once

#include <cstddef>
#include <cxxopts.hpp>
#include <optional>
#include <string>
#include <vector>

namespace fer::tools {

/// What the command line asks for.
struct EvalRequest {
  std::string run;                    ///< a run or an ensemble's folder; empty where `ensemble` is not
  std::vector<std::string> ensemble;  ///< members' runs, two at least
  std::string out;                    ///< the ensemble's folder
  std::string weighting;              ///< "equal" or "validation"
  std::string split;
  std::string weights;  ///< "best", "last" or "final"
  bool weights_given = false;
  bool split_given = false;
  std::optional<std::string> data;
  std::vector<std::string> classes;  ///< of `data`, in the order of its labels; empty: the run's
  std::string device;
  int threads = 0;
  std::string tta;  ///< "none", "flip" or "tencrop"
  bool calibrate = false;
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

void addEvalOptions(cxxopts::Options& options);
EvalRequest readEvalRequest(const cxxopts::ParseResult& arguments);

}  // namespace fer::tools
