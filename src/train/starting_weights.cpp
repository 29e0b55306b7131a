#include "fer/train/starting_weights.hpp"

#include <algorithm>

#include "fer/core/error.hpp"
#include "fer/core/hash.hpp"
#include "fer/graph/models/table.hpp"
#include "fer/nn/freezing.hpp"
#include "fer/nn/layers/initialise.hpp"
#include "fer/nn/transfer.hpp"
#include "train/starts.hpp"

namespace fer::train {
namespace {

constexpr const char* kRandom = "random";

/// "12 tensors: a, b, c ..."
std::string countAndNames(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 8;
  std::string text = std::to_string(names.size()) + " tensors";
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) text += (i == 0 ? ": " : ", ") + names[i];
  return text + (names.size() > kShown ? ", ..." : "");
}

std::vector<std::string> linesOf(const nn::Transfer& transfer, const std::string& from) {
  std::vector<std::string> lines = {"weights from " + from};
  for (const std::string& note : transfer.notes) lines.push_back("  " + note);
  lines.push_back("  copied " + countAndNames(transfer.copied));
  if (!transfer.initialised.empty()) lines.push_back("  drawn anew " + countAndNames(transfer.initialised));
  if (!transfer.skipped.empty()) lines.push_back("  not used of the file: " + countAndNames(transfer.skipped));
  return lines;
}

bool hasFrozenBody(const nn::Network& network) {
  const auto parameters = network.named_parameters();
  return std::any_of(parameters.begin(), parameters.end(), [](const auto& parameter) {
    return !nn::belongsTo(parameter.key(), "head") && !parameter.value().requires_grad();
  });
}

/// Which key names a file of weights; empty: none does.
std::string fileKey(const graph::ModelOptions& model) {
  if (!model.init.empty()) return "model.init";
  return model.weights.empty() || model.weights == kRandom ? "" : "model.weights";
}

/// Weights of a file stay as the file has them.
void refuseStarts(const StartOptions& start, const std::string& file) {
  if (!file.empty() && (start.dirac || start.whitening))
    throw usageError(std::string("train.start.") + (start.dirac ? "dirac" : "whitening") + ": " + file +
                     " names the weights to start from. Leave one of them out.");
}

}  // namespace

std::vector<std::string> setStartingWeights(const Experiment& experiment, const data::TrainingData& data,
                                            nn::Network& network) {
  const graph::ModelOptions& model = experiment.model;
  const graph::ModelEntry& entry = graph::modelEntry(model.name);
  if (!model.weights.empty() && !model.init.empty())
    throw usageError("model.weights and model.init: a training starts from one of them, not from both");
  const std::string file = fileKey(model);
  refuseStarts(experiment.train.start, file);
  nn::initialise(network, experiment.train.seed);
  if (!model.init.empty()) return linesOf(nn::startFrom(model.init, network, data.dataset.classes()), model.init);
  if (!file.empty()) {
    const nn::Transfer transfer = nn::loadPretrained(model.weights, entry, network);
    return linesOf(transfer, model.weights + " (SHA-256 " + fileSha256(model.weights) + ")");
  }
  if (model.weights.empty() && !entry.foreign_heads.empty() && hasFrozenBody(network))
    throw usageError("model.weights: " + model.name +
                     " keeps layers of its body frozen, so it wants them pretrained: give torchvision's file with "
                     "--weights FILE (docs/models.md says where to get it). To train all of it from scratch: "
                     "--set model.frozen=[]. To freeze random weights: --weights random.");
  std::vector<std::string> lines = applyStarts(experiment, data, network);
  if (!model.weights.empty()) lines.insert(lines.begin(), "weights: all drawn anew; what is frozen stays random");
  return lines;
}

}  // namespace fer::train
