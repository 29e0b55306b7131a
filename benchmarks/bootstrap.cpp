// What intervals and paired tests cost: resampling models on FER-2013's 3,589 test rows of one half, and the whole
// summary of an evaluation of that size.
#include "fer/metrics/intervals/bootstrap.hpp"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "fer/core/random.hpp"
#include "fer/metrics/summary.hpp"

namespace {

using namespace fer::metrics;

constexpr std::size_t kRows = 3589;
constexpr std::size_t kClasses = 7;

/// A model that is right in two rows of three, and unsure where it is wrong.
struct Model {
  std::vector<int> predictions;
  std::vector<float> confidences;
};

std::vector<int> drawnLabels() {
  fer::RandomStream random(1, fer::Purpose::kSynth);
  std::vector<int> labels(kRows);
  for (int& label : labels) label = static_cast<int>(random.below(kClasses));
  return labels;
}

Model drawnModel(const std::vector<int>& labels, std::uint32_t number) {
  fer::RandomStream random(2, fer::Purpose::kSynth, 0, number);
  Model model;
  for (const int label : labels) {
    const bool right = random.below(3) != 0;
    model.predictions.push_back(right ? label : static_cast<int>(random.below(kClasses)));
    model.confidences.push_back(right ? 1 - random.uniform() * random.uniform() / 2 : 0.3F + random.uniform() / 2);
  }
  return model;
}

void draws10000(benchmark::State& state) {
  const std::vector<int> labels = drawnLabels();
  std::vector<Model> models;
  for (std::uint32_t i = 0; i < state.range(0); ++i) models.push_back(drawnModel(labels, i));
  std::vector<ModelRows> rows;
  rows.reserve(models.size());
  for (const Model& model : models) rows.push_back({model.predictions, model.confidences});
  BootstrapOptions options;
  options.threads = static_cast<unsigned>(state.range(1));
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(bootstrap(labels, kClasses, rows, options));
}

void summariseEvaluation(benchmark::State& state) {
  Evaluation evaluation;
  evaluation.classes.assign(kClasses, "class");
  evaluation.labels = drawnLabels();
  const Model model = drawnModel(evaluation.labels, 0);
  for (std::size_t row = 0; row < kRows; ++row) {
    const float rest = (1 - model.confidences[row]) / (kClasses - 1);
    for (std::size_t i = 0; i < kClasses; ++i)
      evaluation.probabilities.push_back(static_cast<int>(i) == model.predictions[row] ? model.confidences[row] : rest);
  }
  evaluation.rows.resize(kRows);
  evaluation.usages.resize(kRows);
  evaluation.in_training.resize(kRows);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(summarise(evaluation));
}

BENCHMARK(draws10000)
    ->ArgNames({"models", "threads"})
    ->ArgsProduct({{1, 5}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(summariseEvaluation)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
