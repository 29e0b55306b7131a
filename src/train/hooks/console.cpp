#include "train/hooks/console.hpp"

#include <chrono>
#include <optional>

#include "fer/core/processors.hpp"
#include "fer/core/progress.hpp"
#include "fer/core/text/numbers.hpp"
#include "train/crowd_watch.hpp"

namespace fer::train {
namespace {

double monotonicSeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string epochOf(int epoch, int epochs) {
  return "epoch " + std::to_string(epoch + 1) + "/" + std::to_string(epochs);
}

class ProgressBar : public Hook {
 public:
  ProgressBar(Log& log, bool terminal, int epochs, std::size_t images, int threads)
      : log_(log), terminal_(terminal), epochs_(epochs), images_(images), crowd_(threads, usableProcessors()) {}

  void epochBegin(nn::Network&, const TrainingState& state) override {
    bar_.emplace(log_.watched(), terminal_, epochOf(state.epoch, epochs_), images_,
                 static_cast<std::size_t>(state.sums.images));
  }

  void stepEnd(const StepEnd& step) override {
    const bool known = step.sums.images == step.images;
    bar_->update(static_cast<std::size_t>(step.images),
                 known ? "loss " + fixed(step.sums.meanLoss(), 4) + "  acc " + fixed(step.sums.accuracy(), 4) : "");
    if (const auto line = crowd_.look(monotonicSeconds())) {
      bar_->finish();
      log_.line(*line);
    }
  }

  void evaluationBegin(nn::Network&) override { finish(); }
  void failed() override { finish(); }

 private:
  void finish() {
    if (bar_) bar_->finish();
    bar_.reset();
  }

  Log& log_;
  bool terminal_;
  int epochs_;
  std::size_t images_;
  CrowdWatch crowd_;
  std::optional<Progress> bar_;
};

class EpochLines : public Hook {
 public:
  EpochLines(Log& log, int epochs) : log_(log), epochs_(epochs) {}

  void epochEnd(EpochEnd& end) override {
    const auto shown = [&](const char* key) { return fixed(end.logs.at(key), 4); };
    log_.line(epochOf(end.epoch, epochs_) + "  loss " + shown("loss") + "  acc " + shown("accuracy") + "  val_loss " +
              shown("val_loss") + "  val_acc " + shown("val_accuracy") + "  lr " + compact(end.logs.at("lr")) + "  " +
              durationText(end.timing.train_seconds + end.timing.validation_seconds) + " (" +
              fixed(static_cast<double>(end.timing.images) / end.timing.train_seconds, 1) + " img/s)" + end.note);
  }

  void trainEnd(const TrainingState& state) override {
    log_.line(state.stop ? "stopped by " + *state.stop : "finished all " + std::to_string(epochs_) + " epochs");
  }

 private:
  Log& log_;
  int epochs_;
};

}  // namespace

std::unique_ptr<Hook> progressBar(Log& log, bool terminal, int epochs, std::size_t images, int threads) {
  return std::make_unique<ProgressBar>(log, terminal, epochs, images, threads);
}

std::unique_ptr<Hook> epochLines(Log& log, int epochs) {
  return std::make_unique<EpochLines>(log, epochs);
}

}  // namespace fer::train
