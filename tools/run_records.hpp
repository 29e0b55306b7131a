#pragma once

#include <string>

#include "event_log.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/data/training_data.hpp"
#include "fer/train/experiment.hpp"
#include "fer/train/training_state.hpp"

namespace fer::tools {

/// What a training leaves for people to look at: samples.png, events for TensorBoard, report.html. Milliseconds an
/// epoch. Experiment and data outlive it. Members throw Error where a file cannot be written.
class RunRecords {
 public:
  /// `state` as the training begins or goes on. With `watch` the page is written now and after every epoch, and
  /// reloads itself; otherwise at the end.
  RunRecords(const RunDirectory& run, const train::Experiment& experiment, const data::TrainingData& data,
             const train::TrainingState& state, bool watch);

  void epochEnded(const train::TrainingState& state);

  /// The last word: `ending` says why no epoch follows.
  void ended(const train::TrainingState& state, const std::string& ending) const;
  /// Likewise after an error, which matters more than one of writing the page: that is passed over.
  void failed(const train::TrainingState& state, const std::string& error) const noexcept;

 private:
  void recordStart(const data::TrainingData& data);
  void writePage(const train::TrainingState& state, const std::string& ending) const;

  RunDirectory run_;
  const train::Experiment& experiment_;
  bool watch_;
  EventLog events_;
};

}  // namespace fer::tools
