// How long fer-report takes over many runs: draws run folders as training and evaluation leave them (predictions of
// made-up models on drawn faces, with costs, curves, robustness and mistakes), then reads, compares and writes.

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <span>
#include <vector>

#include "fer/core/files/files.hpp"
#include "fer/core/processors.hpp"
#include "fer/core/random.hpp"
#include "fer/data/labels.hpp"
#include "fer/data/synth/synth.hpp"
#include "fer/report/comparison/run_result.hpp"
#include "fer/report/comparison/writers.hpp"
#include "fer/report/evaluation/mistakes.hpp"
#include "fer/report/evaluation/robustness_json.hpp"
#include "fer/report/evaluation/write_evaluation.hpp"
#include "fer/report/picture/sheet.hpp"
#include "program.hpp"

namespace {

using namespace fer;  // a main of its own, no header
using std::filesystem::path;

constexpr std::uint32_t kImages = 7178;  ///< FER-2013's PublicTest and PrivateTest

/// Probabilities as a model of some skill gives them: a row's difficulty is the same for all models.
std::vector<float> probabilities(const data::Dataset& faces, std::uint32_t model, double skill) {
  const std::size_t classes = faces.classes().size();
  std::vector<float> found;
  for (std::uint32_t row = 0; row < faces.size(); ++row) {
    RandomStream shared(1, Purpose::kSynth, 0, row);
    RandomStream own(1, Purpose::kSynth, 1 + model, row);
    const double ease = 1.3 * shared.normal();
    std::vector<double> logits;
    for (std::size_t i = 0; i < classes; ++i) logits.push_back(0.9 * shared.normal() + 0.5 * own.normal());
    logits[static_cast<std::size_t>(faces.label(row))] += skill + ease;
    double sum = 0;
    for (double& logit : logits) sum += logit = std::exp(1.3 * logit);
    for (const double part : logits) found.push_back(static_cast<float>(part / sum));
  }
  return found;
}

metrics::Evaluation evaluationOf(const data::Dataset& faces, std::uint32_t model, std::uint32_t seed) {
  const double skill = 1.5 + 0.12 * model + 0.03 * seed;
  metrics::Evaluation evaluation;
  evaluation.run = "recipe" + std::to_string(model) + "-seed" + std::to_string(seed);
  evaluation.model = "recipe" + std::to_string(model);
  evaluation.split = "test";
  evaluation.protocol = "original";
  evaluation.checkpoint = "best";
  evaluation.data_path = "data/synthetic.csv";
  evaluation.data_hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  evaluation.parameters = 1000000LL << model;
  evaluation.classes = faces.classes();
  evaluation.cost = metrics::Cost{0.05 * (model + 1),  4000000LL << model,    1.5 * (model + 1),
                                  900.0 / (model + 1), "a made-up processor", 2};
  for (std::uint32_t row = 0; row < faces.size(); ++row) {
    evaluation.rows.push_back(row);
    evaluation.usages.emplace_back("PublicTest");
    evaluation.labels.push_back(faces.label(row));
    evaluation.in_training.push_back(row % 20 == 0);
  }
  evaluation.probabilities = probabilities(faces, 16 * model + seed, skill);
  return evaluation;
}

std::string mistakesPng(const data::Dataset& faces, const metrics::Evaluation& evaluation) {
  std::vector<std::span<const std::uint8_t>> images;
  for (const std::size_t i : report::surestMistakes(evaluation))
    images.push_back(faces.pixels(static_cast<std::uint32_t>(i)));
  return report::imageTiles(faces.shape(), images, report::kMistakesARow);
}

metrics::Robustness robustnessOf(double accuracy) {
  metrics::Robustness robustness;
  for (const char* name :
       {"brightness", "contrast", "gamma", "blur", "rotation", "shift", "occlusion", "noise", "jpeg"}) {
    metrics::RobustnessCurve curve{name, "steps", 0, {-3, -2, -1, 0, 1, 2, 3}, {}, {}, 0};
    for (const double level : curve.levels) curve.accuracy.push_back(accuracy * std::exp(-level * level / 12));
    curve.macro_f1 = curve.accuracy;
    curve.area = accuracy * 0.75;
    robustness.curves.push_back(curve);
  }
  for (const char* name : {"darkest quarter", "brightest quarter"})
    robustness.slices.push_back({name, kImages / 4, accuracy * 0.9, metrics::wilson(1000, kImages / 4)});
  return robustness;
}

std::string metricsCsv(double accuracy) {
  std::string text = "epoch,accuracy,loss,lr,val_accuracy,val_loss\n";
  for (int epoch = 0; epoch < 40; ++epoch) {
    const double learnt = accuracy * (1 - std::exp(-(epoch + 1) / 8.0));
    text += std::to_string(epoch) + "," + std::to_string(learnt * 1.05) + "," + std::to_string(1.9 - 1.4 * learnt) +
            ",0.001," + std::to_string(learnt) + "," + std::to_string(1.95 - 1.3 * learnt) + "\n";
  }
  return text;
}

void drawRun(const data::Dataset& faces, const path& folder, std::uint32_t model, std::uint32_t seed) {
  const metrics::Evaluation evaluation = evaluationOf(faces, model, seed);
  const path test = folder / "eval" / "test";
  report::writeEvaluation(evaluation, test);
  const double accuracy = metrics::summarise(evaluation).all.scores.accuracy;
  if (report::picturesBuilt()) writeFile(test / "mistakes.png", mistakesPng(faces, evaluation));
  writeFile(test / "robustness.json", report::robustnessJson(robustnessOf(accuracy)));
  writeFile(folder / "metrics.csv", metricsCsv(accuracy));
  writeFile(folder / "config.json", R"({"model": {"name": ")" + evaluation.model + R"("}, "train": {"seed": )" +
                                        std::to_string(seed) + R"(, "epochs": 40}})");
  writeFile(folder / "environment.json",
            R"({"processor": "a made-up processor", "seed": )" + std::to_string(seed) + "}");
}

std::vector<path> drawRuns(const path& folder, int runs) {
  constexpr int kSeeds = 4;  // of each recipe
  data::SynthOptions options;
  options.rows = kImages;
  options.classes = data::fer2013Classes();
  const data::Dataset faces = data::synthesise(options);
  std::vector<path> folders;
  for (int i = 0; i < runs; ++i) {
    const auto model = static_cast<std::uint32_t>(i / kSeeds);
    const auto seed = static_cast<std::uint32_t>(i % kSeeds);
    folders.push_back(folder / ("recipe" + std::to_string(model) + "-seed" + std::to_string(seed)));
    drawRun(faces, folders.back(), model, seed);
  }
  return folders;
}

void measure(const std::vector<path>& folders, const path& out) {
  std::vector<report::RunResult> runs;
  const double reading = bench::secondsOf([&] {
    for (const path& folder : folders) runs.push_back(*report::readRunResult(folder, "test"));
  });
  report::ComparisonOptions options;
  options.threads = static_cast<unsigned>(fer::usableProcessors());
  report::Comparison comparison;
  const double comparing = bench::secondsOf([&] { comparison = report::compare(std::move(runs), "test", options); });
  const double writing = bench::secondsOf([&] { report::writeComparison(comparison, out); });
  std::printf("%zu runs on %u images, %u threads: read %.2f s, compare (%zu draws) %.2f s, write %.2f s: %.2f s\n",
              folders.size(), kImages, options.threads, reading, options.draws, comparing, writing,
              reading + comparing + writing);
}

}  // namespace

int main(int argc, char** argv) {
  cxxopts::Options options("bench-report", "How long a report of many runs takes");
  options.add_options()("runs", "how many, at least 1", cxxopts::value<int>()->default_value("20"), "N");
  options.add_options()("folder", "where run folders are drawn and the report is written; it stays",
                        cxxopts::value<std::string>()->default_value("/tmp/fer-bench-report"), "DIR");
  return bench::run(std::move(options), argc, argv, [](const cxxopts::ParseResult& arguments) {
    const path folder = arguments["folder"].as<std::string>();
    measure(drawRuns(folder / "runs", bench::numberOf(arguments, "runs", 1)), folder / "report");
  });
}
