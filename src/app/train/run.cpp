#include "fer/app/train_run.hpp"

#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "app/train/prepared.hpp"
#include "app/train/processes.hpp"
#include "app/train/records.hpp"
#include "app/train/store_teachers.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/interrupt.hpp"
#include "fer/core/shell_path.hpp"
#include "fer/core/text/joined.hpp"
#include "fer/data/training_data.hpp"
#include "fer/nn/memory/cpu_memory.hpp"
#include "fer/train/environment.hpp"
#include "fer/train/trainer.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

void describeData(Log& log, const train::LoadedExperiment& loaded, const data::TrainingData& data) {
  const data::DataOptions& options = loaded.experiment.data;
  log.line("data: " + options.path + " (named by " + loaded.data_source + "), protocol " + options.protocol +
           (options.protocol == "kfold" ? ", fold " + std::to_string(options.fold) + " (of 0 to " +
                                              std::to_string(options.folds - 1) + ") validates"
                                        : ""));
  log.line("      train " + std::to_string(data.train.size()) + ", validation " +
           std::to_string(data.validation.size()) + ", test " + std::to_string(data.test_rows) +
           " (not loaded), in none " + std::to_string(data.unused_rows) + "; " +
           std::to_string(data.overlap.test_in_train) + " test images also stand in train");
  if (const std::size_t empty = data.dataset.columns().empty_rows; empty > 0)
    log.line("      " + std::to_string(empty) + " rows of commas alone were skipped");
  for (const std::string& note : data.notes) log.line(note.starts_with("warning") ? note : "      " + note);
}

/// What a class without training or validation images comes to, a line each.
std::vector<std::string> missingClasses(const data::TrainingData& data) {
  std::vector<std::string> lines;
  if (!data.untrained_classes.empty())
    lines.push_back("warning: no training image of " + joined(data.untrained_classes) +
                    ": the network cannot learn it");
  if (!data.unvalidated_classes.empty())
    lines.push_back("warning: no validation image of " + joined(data.unvalidated_classes) +
                    ": validation scores say nothing of it");
  return lines;
}

void writeEnvironment(const RunDirectory& run, const train::Experiment& experiment, const data::TrainingData& data,
                      const train::TrainingState& state) {
  const fs::path file = run.environment();
  std::optional<std::string> earlier;
  if (fs::exists(file)) earlier = readFile(file, Fault::kData);
  writeFile(file, train::environmentText(experiment, data, state.conditions, {state.epoch, state.step}, earlier,
                                         file.string()));
}

/// The command that sits beside this one, as the user would type it.
std::string besides(const std::string& self, const std::string& name) {
  const std::size_t slash = self.rfind('/');
  return slash == std::string::npos ? name : self.substr(0, slash + 1) + name;
}

std::string pausedText(const train::TrainingState& state, const train::Experiment& experiment) {
  return "paused after epoch " + std::to_string(state.epoch) + " of " + std::to_string(experiment.train.epochs);
}

std::string endingText(train::Trainer::Ending ending, const train::TrainingState& state,
                       const train::Experiment& experiment) {
  using Ending = train::Trainer::Ending;
  if (ending == Ending::kInterrupted) return "interrupted";
  if (ending == Ending::kPaused) return pausedText(state, experiment);
  return state.stop ? "stopped by " + *state.stop : "finished";
}

/// Whatever ends it, the page says so.
train::Trainer::Ending train(train::Trainer& trainer, TrainingRecords& records, const TrainRequest& request) {
  const train::TrainingState& state = trainer.state();
  try {
    const auto ending = trainer.run([] { return interruptSignal() != 0; },
                                    [&](const train::TrainingState& now) { records.epochEnded(now); }, request.until);
    records.ended(state, endingText(ending, state, request.loaded.experiment));
    return ending;
  } catch (const std::exception& error) {
    records.failed(state, error.what());
    throw;
  }
}

train::Forecast forecastOf(const train::Experiment& experiment, const Prepared& prepared) {
  return train::forecast(experiment, prepared.data, *prepared.network, {prepared.device, prepared.precision.precision});
}

void printForecast(const train::Experiment& experiment, const Prepared& prepared) {
  for (const std::string& warning : missingClasses(prepared.data)) std::cout << warning << '\n';
  const train::Forecast forecast = forecastOf(experiment, prepared);
  std::cout << "dry run, nothing is written: " << experiment.model.name << " on " << prepared.device.str() << " with "
            << prepared.threads << " threads in " << precisionText(prepared) << ", batch "
            << experiment.train.batch_size << '\n'
            << train::forecastText(forecast, experiment.train);
}

void describe(Log& log, const RunDirectory& run, const TrainRequest& request, const Prepared& prepared,
              const train::TrainingState& state) {
  log.line("run: " + run.path().string());
  describeData(log, request.loaded, prepared.data);
  for (const std::string& warning : missingClasses(prepared.data)) log.line(warning);
  log.line("model: " + request.loaded.experiment.model.name + ", " + std::to_string(prepared.count.total) +
           " parameters (" + std::to_string(prepared.count.trainable) + " trainable), on " + prepared.device.str() +
           " with " + std::to_string(prepared.threads) + " threads" +
           (state.conditions.processes == 1
                ? ""
                : ", in each of " + std::to_string(state.conditions.processes) + " processes"));
  log.line("precision: " + precisionText(prepared));
  for (const std::string& line : prepared.weights) log.line(line);
  if (request.resumed && !prepared.begun) log.line("resumed before its first checkpoint: it begins anew");
  if (prepared.begun)
    log.line("resumed at epoch " + std::to_string(state.epoch + 1) + ", step " + std::to_string(state.step + 1));
}

train::TrainerContext contextOf(const RunDirectory& run, const Prepared& prepared, train::ProcessGroup* group) {
  train::TrainerContext context{run, {prepared.device, prepared.precision.precision}, prepared.threads};
  context.group = group;
  return context;
}

/// A process beside the first one, which alone writes and speaks.
int trainBeside(train::ProcessGroup& group, const TrainRequest& request, const Prepared& prepared) {
  const RunDirectory run = invited(group, prepared.data);
  std::ostream nobody(nullptr);
  Log log(nobody, "/dev/null");
  train::Trainer trainer(request.loaded.experiment, prepared.data, prepared.network, contextOf(run, prepared, &group),
                         log);
  if (prepared.begun) trainer.resume(request.allow_inexact);
  const auto ending = trainer.run([] { return interruptSignal() != 0; }, {}, request.until);
  return ending == train::Trainer::Ending::kInterrupted ? signalCode() : 0;
}

/// Says which command comes next, and returns the exit code.
int conclude(Log& log, const RunDirectory& run, train::Trainer::Ending ending, const std::string& paused,
             const std::string& self) {
  using Ending = train::Trainer::Ending;
  if (fs::is_regular_file(run.page())) log.line("page: " + shortPath(run.page()));
  const std::string shown = shellPath(shortPath(run.path()));
  if (ending != Ending::kFinished)
    log.line((ending == Ending::kPaused ? paused : "interrupted and saved") + "; go on with: " + shellPath(self) +
             " --resume " + shown);
  if (ending == Ending::kInterrupted) return signalCode();
  if (ending == Ending::kPaused) return 0;
  log.line("evaluate it with: " + shellPath(besides(self, "fer-eval")) + " --run " + shown);
  return 0;
}

void requirePossible(int until, const train::Experiment& experiment) {
  if (until > experiment.train.epochs)
    throw usageError("--until " + std::to_string(until) + ": more than train.epochs, which is " +
                     std::to_string(experiment.train.epochs) + ". Leave it out to train to the end.");
}

void requireAhead(int until, const train::TrainingState& state) {
  const int reached = state.epoch + (state.step > 0 ? 1 : 0);
  if (until < reached)
    throw usageError("--until " + std::to_string(until) + ": the run has come to epoch " + std::to_string(reached) +
                     " already. Give as many or more.");
}

}  // namespace

train::Forecast forecastTraining(TrainRequest request) {
  nn::reuseTensorMemory();
  const Prepared prepared = prepare(request, {});
  return forecastOf(request.loaded.experiment, prepared);
}

int trainRun(TrainRequest request, const std::string& self) {
  if (request.until) requirePossible(*request.until, request.loaded.experiment);
  nn::reuseTensorMemory();
  const train::Launch launch = train::launchFrom([](const char* name) { return std::getenv(name); });
  const std::unique_ptr<train::ProcessGroup> group = launch.size > 1 ? train::ProcessGroup::join(launch) : nullptr;
  const Prepared prepared = prepare(request, launch);
  const train::Experiment& experiment = request.loaded.experiment;
  if (request.dry_run) {
    if (group) throw usageError("--dry-run: it measures one process. Unset WORLD_SIZE.");
    printForecast(experiment, prepared);
    return 0;
  }
  if (request.store_teachers) return storeTeachers(experiment, prepared, *request.store_teachers);
  watchInterrupts();  // from here on a folder is in the making
  if (group && group->rank() > 0) return trainBeside(*group, request, prepared);
  const RunDirectory run = request.resumed ? *request.resumed : RunDirectory::create(request.out);
  std::optional<NewRun> unless_begun;
  if (!request.resumed) unless_begun.emplace(run);
  const RunLock lock(run);
  sweep(run);
  // First of all: what --resume wants, come what may.
  if (!prepared.begun) writeFile(run.config(), train::experimentText(experiment));
  if (group) invite(*group, run, prepared.data);
  Log log(std::cout, run.log());
  train::TrainerContext context = contextOf(run, prepared, group.get());
  context.terminal = ::isatty(STDOUT_FILENO) != 0;
  train::Trainer trainer(experiment, prepared.data, prepared.network, context, log);
  if (prepared.begun) {
    trainer.resume(request.allow_inexact);
    if (request.until) requireAhead(*request.until, trainer.state());
    writeFile(run.config(), train::experimentText(experiment));
  }
  writeEnvironment(run, experiment, prepared.data, trainer.state());
  describe(log, run, request, prepared, trainer.state());
  TrainingRecords records(run, experiment, prepared.data, trainer.state(), request.watch, log);
  if (request.watch) log.line("page: " + shortPath(run.page()) + " (open it in a browser; it reloads itself)");
  const train::Trainer::Ending ending = train(trainer, records, request);
  return conclude(log, run, ending, pausedText(trainer.state(), experiment), self);
}

}  // namespace fer::app
