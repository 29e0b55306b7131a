#include "fer/nn/checkpoint.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/core/text/json.hpp"
#include "fer/nn/finite.hpp"
#include "nn/tensor_fit.hpp"

namespace fer::nn {
namespace {

using nlohmann::json;

constexpr int kCardSchema = 2;  // 2 adds "prepare"
constexpr const char* kCardKey = "fer";

json toJson(const ModelCard& card) {
  const data::ImageShape& input = card.spec.input;
  const InputOptions& prepare = card.spec.prepare;
  return {
      {"schema", kCardSchema},
      {"model", card.spec.name},
      {"classes", card.spec.classes},
      {"input", {{"channels", input.channels}, {"height", input.height}, {"width", input.width}}},
      {"preprocess", {{"rescale", card.preprocess.rescale}}},
      {"prepare", {{"height", prepare.height}, {"width", prepare.width}, {"mean", prepare.mean}, {"std", prepare.std}}},
      {"run", card.run},
      {"data_hash", card.data_hash},
      {"epoch", card.epoch},
      {"config", card.config}};
}

InputOptions prepareFrom(const JsonNode& node) {
  return {node.at("height").count<int>(), node.at("width").count<int>(), node.at("mean").numbers(),
          node.at("std").numbers()};
}

ModelCard fromJson(const JsonNode& node, int schema) {
  ModelCard card;
  card.spec.name = node.at("model").text();
  card.spec.classes = node.at("classes").texts();
  const JsonNode input = node.at("input");
  card.spec.input = {input.at("channels").count<int>(), input.at("height").count<int>(),
                     input.at("width").count<int>()};
  if (schema >= 2) card.spec.prepare = prepareFrom(node.at("prepare"));
  card.preprocess.rescale = node.at("preprocess").at("rescale").number();
  card.run = node.at("run").text();
  card.data_hash = node.at("data_hash").text();
  card.epoch = node.at("epoch").count<int>();
  card.config = node.at("config").text();
  return card;
}

}  // namespace

bool isTrainingState(const std::string& name) {
  return name.find('/') != std::string::npos;
}

TensorFile packModel(const Network& network, const ModelCard& card) {
  TensorFile file;
  for (const auto& [name, tensor] : namedState(network)) file.tensors.emplace(name, tensor.detach());
  file.metadata[kCardKey] = toJson(card).dump();
  return file;
}

bool hasCard(const TensorFile& file) {
  return file.metadata.contains(kCardKey);
}

ModelCard readCard(const TensorFile& file, const std::string& origin) {
  const auto found = file.metadata.find(kCardKey);
  if (found == file.metadata.end())
    throw dataError(origin + ": holds tensors, but no model card of fer. Use a checkpoint that fer-train wrote.");
  const std::string where = origin + " (description)";
  const json value = parseJson(found->second, where, Fault::kData);
  const JsonNode node(value, where, "The checkpoint is damaged: use another one.");
  return fromJson(node, node.schema(kCardSchema));
}

void copyWeights(const TensorFile& file, Network& network, const std::string& origin) {
  const auto state = namedState(network);
  std::string faults;
  const auto fault = [&](const std::string& text) { faults += (faults.empty() ? "" : ", ") + text; };
  std::set<std::string> known;
  for (const auto& [name, tensor] : state) {
    known.insert(name);
    if (const std::string text = misfit(file, name, tensor); !text.empty()) fault(text);
  }
  for (const auto& [name, tensor] : file.tensors)
    if (!isTrainingState(name) && !known.contains(name)) fault("extra " + name);
  if (!faults.empty()) throw dataError(origin + ": the tensors do not fit the model: " + faults);
  requireFinite(file, {known.begin(), known.end()}, origin);
  const torch::NoGradGuard no_grad;
  for (const auto& [name, tensor] : state) at::Tensor(tensor).copy_(file.tensors.at(name));
}

LoadedModel loadModel(const std::filesystem::path& path) {
  const TensorFile file = readTensors(path);
  ModelCard card = readCard(file, path.string());
  std::shared_ptr<Network> network;
  try {
    network = makeModel(card.spec);
  } catch (const Error& error) {
    throw dataError(path.string() + ": " + error.what());
  } catch (const std::exception&) {  // LibTorch's own, for sizes that no memory holds
    throw dataError(path.string() + ": the model card is damaged: no network can be made of what it says");
  }
  copyWeights(file, *network, path.string());
  network->eval();
  return {std::move(network), std::move(card)};
}

}  // namespace fer::nn
