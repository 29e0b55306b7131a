#include "app/train/records.hpp"

#include <ctime>
#include <optional>

#include "app/train/samples.hpp"
#include "fer/core/files/files.hpp"
#include "fer/report/events/event_file.hpp"
#include "fer/report/page/run_page.hpp"
#include "fer/report/plot/curves.hpp"
#include "fer/train/hooks/improvement.hpp"
#include "fer/train/metrics_csv.hpp"

namespace fer::app {
namespace {

using train::TrainingState;

constexpr const char* kEvents = "TensorBoard file";
constexpr const char* kPage = "report.html";

std::string utcText(double wall_time) {
  const auto seconds = static_cast<std::time_t>(wall_time);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", std::gmtime(&seconds));
  return text;
}

/// As the checkpoint chooses: the first that no later one improves on.
std::optional<std::size_t> bestEpoch(const TrainingState& state, const train::CheckpointOptions& options) {
  std::optional<double> best;
  std::optional<std::size_t> epoch;
  for (std::size_t i = 0; i < state.rows.size(); ++i) {
    const double value = state.rows[i].at(options.monitor);
    if (!train::improves(value, best, train::betterOf(options.mode, options.monitor), 0.0)) continue;
    best = value;
    epoch = i;
  }
  return epoch;
}

/// Indented by four, which is code in Markdown.
std::string asCode(const std::string& text) {
  std::string out = "    ";
  for (const char letter : text) out += letter == '\n' ? "\n    " : std::string(1, letter);
  return out;
}

}  // namespace

TrainingRecords::TrainingRecords(const RunDirectory& run, const train::Experiment& experiment,
                                 const data::TrainingData& data, const TrainingState& state, bool watch, Log& log)
    : run_(run), experiment_(experiment), watch_(watch), log_(log) {
  attempt(kEvents, [&] {
    events_.emplace(run.path(), wallTime());
    if (!events_->open()) events_.reset();
  });
  const bool resumed = state.epoch > 0 || state.step > 0;
  if (resumed) addEvents([&](EventLog& events) { events.add(report::restartRecord(wallTime(), state.epoch)); });
  if (state.epoch == 0) recordStart(data);
  if (watch_) attempt(kPage, [&] { writePage(state, ""); });
}

void TrainingRecords::attempt(const std::string& what, const std::function<void()>& write) {
  try {
    write();
  } catch (const std::exception& error) {
    std::string reason = error.what();
    if (!reason.ends_with('.')) reason += '.';
    if (missing_.insert(what).second)
      log_.line("warning: no " + what + ": " + reason + " The training goes on without.");
  }
}

void TrainingRecords::addEvents(const std::function<void(EventLog&)>& add) {
  if (!events_) return;
  attempt(kEvents, [&] { add(*events_); });
  if (missing_.contains(kEvents)) events_.reset();  // half a record may stand there: what follows could not be read
}

void TrainingRecords::recordStart(const data::TrainingData& data) {
  std::string samples;
  attempt("samples.png", [&] {
    samples = trainingSamples(experiment_, data);
    writeFile(run_.samples(), samples);
  });
  addEvents([&](EventLog& events) {
    if (!samples.empty()) events.add(report::imageRecord(wallTime(), 0, "training_samples", samples));
    events.add(report::textRecord(wallTime(), 0, "config", asCode(train::experimentText(experiment_))));
  });
}

void TrainingRecords::epochEnded(const TrainingState& state) {
  const train::EpochLogs& logs = state.rows.back();
  const train::EpochTiming& timing = state.timing.back();
  addEvents([&](EventLog& events) {
    events.add(
        report::scalarsRecord(wallTime(), state.epoch - 1,
                              {{"loss/train", logs.at("loss")},
                               {"loss/validation", logs.at("val_loss")},
                               {"accuracy/train", logs.at("accuracy")},
                               {"accuracy/validation", logs.at("val_accuracy")},
                               {"learning_rate", logs.at("lr")},
                               {"images_per_second", static_cast<double>(timing.images) / timing.train_seconds}}));
  });
  if (watch_) attempt(kPage, [&] { writePage(state, ""); });
}

void TrainingRecords::ended(const TrainingState& state, const std::string& ending) {
  attempt(kPage, [&] { writePage(state, ending); });
  if (state.rows.empty()) return;  // no epoch is finished yet
  attempt("curves.svg", [&] { writeFile(run_.curves(), report::curvesSvg(historyOf(state), run_.name())); });
}

void TrainingRecords::failed(const TrainingState& state, const std::string& error) const noexcept {
  try {
    writePage(state, "ended by an error: " + error);
  } catch (...) {  // the caller reports the first error
  }
}

report::History TrainingRecords::historyOf(const TrainingState& state) const {
  return report::parseMetricsCsv(train::metricsCsv(state.rows), run_.metrics().string());
}

void TrainingRecords::writePage(const TrainingState& state, const std::string& ending) const {
  constexpr int kReload = 5;
  report::RunPage page;
  page.run = run_.name();
  page.model = experiment_.model.name;
  page.epochs = experiment_.train.epochs;
  page.history = historyOf(state);
  for (const train::EpochLogs& row : state.rows) page.lr.push_back(row.at("lr"));
  for (const train::EpochTiming& row : state.timing) page.seconds.push_back(row.train_seconds + row.validation_seconds);
  page.monitor = experiment_.train.checkpoint.monitor;
  page.best = bestEpoch(state, experiment_.train.checkpoint);
  page.ending = ending;
  page.config = train::experimentText(experiment_);
  page.written = utcText(wallTime());
  page.reload_seconds = ending.empty() ? kReload : 0;
  writeFile(run_.page(), report::runPage(page));
}

}  // namespace fer::app
