// Images a second of a training step alone, of the whole loop around it (batches read, augmented and loaded as
// fer-train does), and of forward passes alone. In turns, so that a drift of the machine's speed hits all of them.

#include <torch/utils.h>
#include <torch/version.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "faces.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/memory/cpu_memory.hpp"
#include "fer/train/batch/batches.hpp"
#include "operations.hpp"
#include "program.hpp"
#include "train/batch/prefetch.hpp"
#include "train/optim/optimiser.hpp"
#include "train/step/step.hpp"

namespace {

using namespace fer;  // a main of its own, no header

struct Options {
  std::string model;
  std::size_t steps;
  int rounds;
  std::size_t batch;
  int threads;
  nn::Precision precision;
  std::vector<std::string> parts;
  bool json;
};

/// One network in training, and the faces it is trained on.
class Subject {
 public:
  Subject(const std::string& model, nn::Precision precision, std::size_t steps, std::size_t batch)
      : compute_{c10::kCPU, precision},
        batch_(batch),
        steps_(steps),
        faces_(bench::faces(steps * batch)),
        rows_(bench::allRows(faces_)),
        batches_{faces_, kAugment, {kAugment, {}, faces_.shape()}, 1},
        network_(bench::freshNetwork(model, faces_)) {
    std::vector<train::TrainedParameter> parameters;
    for (const auto& [name, tensor] : nn::namedState(*network_))
      if (tensor.requires_grad()) parameters.push_back({name, tensor});
    optimiser_.add(parameters);
    runner_ = train::eagerSteps(*network_, optimiser_, compute_);
    fixed_ = batches_.make(train::batchRows(rows_, 0, batch_), 0);
  }

  void warmUp() {  // LibTorch chooses its kernels in the first passes
    network_->train();
    for (int i = 0; i < 3; ++i) step(fixed_);
    network_->eval();
    runner_->evaluate(fixed_).loss.item<float>();
  }

  void steps() {
    network_->train();
    for (std::size_t i = 0; i < steps_; ++i) step(fixed_);
  }

  void loop(std::uint32_t epoch) {
    network_->train();
    const auto order = train::epochOrder(rows_, 1, epoch);
    train::Prefetch<train::Batch> loader(
        [&](std::size_t i) { return batches_.make(train::batchRows(order, i, batch_), epoch); }, 0, steps_, 1);
    while (const std::optional<train::Batch> batch = loader.next()) step(*batch);
  }

  void evaluation() {
    network_->eval();
    for (std::size_t i = 0; i < steps_; ++i) runner_->evaluate(fixed_).loss.item<float>();
  }

  void loading() {
    for (std::size_t i = 0; i < steps_; ++i) batches_.make(train::batchRows(rows_, i, batch_), 0);
  }

 private:
  inline static const data::AugmentOptions kAugment{"keras-2.8", 0.2, true, {0.2, 1.2}};
  static constexpr double kRate = 1e-4;

  void step(const train::Batch& batch) {
    network_->position()->step++;
    runner_->train(batch, optimiser_.rates({&kRate, 1}).select(0, 0));
    optimiser_.countSteps(1);
  }

  train::Compute compute_;
  std::size_t batch_;
  std::size_t steps_;
  data::Dataset faces_;
  std::vector<std::uint32_t> rows_;
  train::TrainingBatches batches_;
  std::shared_ptr<nn::Network> network_;
  std::unique_ptr<train::StepRunner> runner_;
  train::Optimiser optimiser_{{}, {}};
  train::Batch fixed_;
};

/// Seconds of every round, a list to each part.
std::map<std::string, std::vector<double>> measure(Subject& subject, const Options& options) {
  std::map<std::string, std::vector<double>> seconds;
  for (int round = 0; round < options.rounds; ++round)
    for (const std::string& part : options.parts)
      seconds[part].push_back(bench::secondsOf([&] {
        if (part == "step") subject.steps();
        if (part == "loop") subject.loop(static_cast<std::uint32_t>(round));
        if (part == "evaluation") subject.evaluation();
        if (part == "loading") subject.loading();
      }));
  return seconds;
}

void report(const Options& options, const std::map<std::string, std::vector<double>>& seconds) {
  const auto images = static_cast<double>(options.steps * options.batch);
  nlohmann::ordered_json json{
      {"program", "bench-training_loop"}, {"libtorch", TORCH_VERSION},  {"model", options.model},
      {"batch", options.batch},           {"threads", options.threads}, {"precision", nn::nameOf(options.precision)},
      {"steps", options.steps},           {"rounds", options.rounds},   {"peak_rss_mb", bench::peakMegabytes()}};
  if (!options.json)
    std::printf("%s in %s, %d threads, batch %zu, median of %d rounds of %zu steps, LibTorch %s\n",
                options.model.c_str(), nn::nameOf(options.precision).c_str(), options.threads, options.batch,
                options.rounds, options.steps, TORCH_VERSION);
  for (const std::string& part : options.parts) {
    const double rate = images / bench::median(seconds.at(part));
    json["images_per_s"][part] = rate;
    json["seconds"][part] = seconds.at(part);
    if (!options.json) std::printf("%-10s %9.1f img/s\n", part.c_str(), rate);
  }
  if (options.json)
    std::printf("%s\n", json.dump().c_str());
  else
    std::printf("peak memory %.0f MB\n", bench::peakMegabytes());
}

/// A table of what a step does, the dearest first, down to a five hundredth of it.
void reportOperations(Subject& subject, const Options& options) {
  const bench::Operations operations;
  const double whole = bench::secondsOf([&] { subject.steps(); });
  double others = whole;
  std::vector<std::pair<double, std::string>> rows;
  for (const auto& [name, seconds] : bench::Operations::seconds()) {
    if (seconds < whole / 500) continue;
    rows.emplace_back(seconds, name);
    others -= seconds;
  }
  rows.emplace_back(others, "all else");
  std::sort(rows.rbegin(), rows.rend());
  const auto steps = static_cast<double>(options.steps);
  std::printf("%s in %s, %d threads, batch %zu, %zu steps of %.1f ms, LibTorch %s\n", options.model.c_str(),
              nn::nameOf(options.precision).c_str(), options.threads, options.batch, options.steps, 1e3 * whole / steps,
              TORCH_VERSION);
  for (const auto& [seconds, name] : rows)
    std::printf("%6.1f ms %5.1f %%  %s\n", 1e3 * seconds / steps, 100 * seconds / whole, name.c_str());
}

Options optionsOf(const cxxopts::ParseResult& arguments) {
  Options options{arguments["model"].as<std::string>(),
                  static_cast<std::size_t>(bench::numberOf(arguments, "steps", 1)),
                  bench::numberOf(arguments, "rounds", 1),
                  static_cast<std::size_t>(bench::numberOf(arguments, "batch", 1)),
                  nn::setComputeThreads(bench::numberOf(arguments, "threads", 0)),
                  nn::choosePrecision(arguments["precision"].as<std::string>(), c10::kCPU).precision,
                  arguments["parts"].as<std::vector<std::string>>(),
                  arguments.count("json") != 0};
  for (const std::string& part : options.parts)
    if (part != "step" && part != "loop" && part != "evaluation" && part != "loading")
      throw usageError("--parts: expected step, loop, evaluation or loading, found \"" + part + "\"");
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  cxxopts::Options options("bench-training_loop", "images a second of the parts of a training on the CPU");
  options.add_options()("model", "a name of the model table", cxxopts::value<std::string>()->default_value("vgg_block"),
                        "NAME")("steps", "steps a round", cxxopts::value<int>()->default_value("20"), "N")(
      "rounds", "rounds, of which the median counts", cxxopts::value<int>()->default_value("3"), "N")(
      "batch", "images a step", cxxopts::value<int>()->default_value("64"), "N")(
      "threads", "threads that compute; 0: every processor", cxxopts::value<int>()->default_value("0"), "N")(
      "precision", "fp32, bf16 or auto", cxxopts::value<std::string>()->default_value("fp32"), "NAME")(
      "parts",
      "what to measure: step (a training step alone), loop (with augmentation and loading), evaluation "
      "(forward passes), loading (batches made by one thread)",
      cxxopts::value<std::vector<std::string>>()->default_value("step,loop,evaluation,loading"),
      "LIST")("operations", "where a training step's time goes, by LibTorch's operations, instead")(
      "json", "print one line of JSON");
  return bench::run(options, argc, argv, [](const cxxopts::ParseResult& arguments) {
    const Options chosen = optionsOf(arguments);
    nn::reuseTensorMemory();
    Subject subject(chosen.model, chosen.precision, chosen.steps, chosen.batch);
    subject.warmUp();
    if (arguments.count("operations") != 0)
      reportOperations(subject, chosen);
    else
      report(chosen, measure(subject, chosen));
  });
}
