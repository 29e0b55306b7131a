#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "fer/app/live.hpp"
#include "fer/serve/frame_result.hpp"
#include "fer/serve/rows/read_rows.hpp"

namespace fer::app {

/// What an analysis of files that was stopped needs to go on: a small file beside its rows (FILE.csv.state.json), which
/// says with what they were made and how far each source is, and is removed at the end.
class Begun {
 public:
  /// Throws Error (usage) where rows of an unfinished analysis stand there and `request.resume` is not given, or where
  /// they were made of other sources or in another way; and (bad data) where the state cannot be read.
  Begun(const LiveRequest& request, const serve::ResultSource& source, const serve::Pipeline& pipeline);

  /// Whether the rows are complete already.
  bool isComplete() const { return is_complete_; }

  /// Cuts off the rows behind the places where the sources go on.
  void cutRows() const;
  const std::vector<serve::Pipeline::Part>& parts() const { return parts_; }
  bool goesOn() const { return goes_on_; }

  /// Written before the first row, and whenever a frame carries a state, whose rows must be in their file by then.
  void save() const;
  void note(const serve::AnalysedFrame& frame);

  /// All is done: the state goes.
  void finish() const;

 private:
  void read();

  std::filesystem::path rows_;
  std::filesystem::path file_;
  serve::ResultSource source_;
  nlohmann::json made_with_;
  std::vector<serve::Pipeline::Part> parts_;
  bool goes_on_ = false;
  bool is_complete_ = false;
};

}  // namespace fer::app
