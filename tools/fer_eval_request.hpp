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
  std::optional<std::string> data;
  std::string device;
  int threads = 0;
  std::string tta;  ///< "none", "flip" or "tencrop"
  bool calibrate = false;
  bool cost = false;
  bool explain = false;
  bool robustness = false;
  std::size_t robustness_rows = 0;  ///< 0: all

  std::string evaluationName() const;  ///< of the folder below eval/
  std::string how() const;             ///< for test_reads.json
};
void addEvalOptions(cxxopts::Options& options);
EvalRequest readEvalRequest(const cxxopts::ParseResult& arguments);

}  // namespace fer::tools
