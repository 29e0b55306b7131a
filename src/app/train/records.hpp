#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "app/event_log.hpp"
#include "fer/core/log.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/data/training_data.hpp"
#include "fer/report/history.hpp"
#include "fer/train/experiment.hpp"
#include "fer/train/training_state.hpp"

namespace fer::app {

/// What a training leaves for people to look at: samples.png, events for TensorBoard, report.html, curves.svg.
/// Milliseconds an epoch. Experiment and log outlive it. A training matters more than its pictures: what cannot be
/// written is a warning in the log, once, and the training goes on without it.
class TrainingRecords {
 public:
  /// `state` as the training begins or goes on. With `watch` the page is written now and after every epoch, and
  /// reloads itself; otherwise at the end.
  TrainingRecords(const RunDirectory& run, const train::Experiment& experiment, const data::TrainingData& data,
                  const train::TrainingState& state, bool watch, Log& log);

  void epochEnded(const train::TrainingState& state);

  /// The last word: `ending` says why no epoch follows.
  void ended(const train::TrainingState& state, const std::string& ending);
  /// Likewise after an error, which matters more than one of writing the page: that is passed over.
  void failed(const train::TrainingState& state, const std::string& error) const noexcept;

 private:
  /// Writes `what`; after a failure has been told of, later ones are passed over.
  void attempt(const std::string& what, const std::function<void()>& write);
  void addEvents(const std::function<void(EventLog&)>& add);
  void recordStart(const data::TrainingData& data);
  void writePage(const train::TrainingState& state, const std::string& ending) const;
  report::History historyOf(const train::TrainingState& state) const;

  RunDirectory run_;
  const train::Experiment& experiment_;
  bool watch_;
  Log& log_;
  std::set<std::string> missing_;   ///< what could not be written
  std::optional<EventLog> events_;  ///< unset: not built, or it could not be written
};

}  // namespace fer::app
