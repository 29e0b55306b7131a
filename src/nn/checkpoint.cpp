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

constexpr int kDescriptionSchema = 2;  // 2 adds "prepare"
constexpr const char* kDescriptionKey = "fer";

json toJson(const CheckpointDescription& description) {
  const ImageShape& input = description.spec.input;
  const graph::InputOptions& prepare = description.spec.prepare;
  return {
      {"schema", kDescriptionSchema},
      {"model", description.spec.name},
      {"classes", description.spec.classes},
      {"input", {{"channels", input.channels}, {"height", input.height}, {"width", input.width}}},
      {"preprocess", {{"rescale", description.preprocess.rescale}}},
      {"prepare", {{"height", prepare.height}, {"width", prepare.width}, {"mean", prepare.mean}, {"std", prepare.std}}},
      {"run", description.run},
      {"data_hash", description.data_hash},
      {"epoch", description.epoch},
      {"config", description.config}};
}

graph::InputOptions prepareFrom(const JsonNode& node) {
  return {node.at("height").count<int>(), node.at("width").count<int>(), node.at("mean").numbers(),
          node.at("std").numbers()};
}

CheckpointDescription fromJson(const JsonNode& node, int schema) {
  CheckpointDescription description;
  description.spec.name = node.at("model").text();
  description.spec.classes = node.at("classes").texts();
  const JsonNode input = node.at("input");
  description.spec.input = {input.at("channels").count<int>(), input.at("height").count<int>(),
                            input.at("width").count<int>()};
  if (schema >= 2) description.spec.prepare = prepareFrom(node.at("prepare"));
  description.preprocess.rescale = node.at("preprocess").at("rescale").number();
  description.run = node.at("run").text();
  description.data_hash = node.at("data_hash").text();
  description.epoch = node.at("epoch").count<int>();
  description.config = node.at("config").text();
  return description;
}

}  // namespace

bool isTrainingState(const std::string& name) {
  return name.find('/') != std::string::npos;
}

TensorFile packModel(const Network& network, const CheckpointDescription& description) {
  TensorFile file;
  for (const auto& [name, tensor] : namedState(network)) file.tensors.emplace(name, tensor.detach());
  file.metadata[kDescriptionKey] = toJson(description).dump();
  return file;
}

bool hasCard(const TensorFile& file) {
  return file.metadata.contains(kDescriptionKey);
}

CheckpointDescription readDescription(const TensorFile& file, const std::string& origin) {
  const auto found = file.metadata.find(kDescriptionKey);
  if (found == file.metadata.end())
    throw dataError(origin +
                    ": holds tensors, but no model description of fer. Use a checkpoint that fer-train wrote.");
  const std::string where = origin + " (description)";
  const json value = parseJson(found->second, where, Fault::kData);
  const JsonNode node(value, where, "The checkpoint is damaged: use another one.");
  return fromJson(node, node.schema(kDescriptionSchema));
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
  CheckpointDescription description = readDescription(file, path.string());
  std::shared_ptr<Network> network;
  try {
    network = makeModel(description.spec);
  } catch (const Error& error) {
    throw dataError(path.string() + ": " + error.what());
  } catch (const std::exception&) {  // LibTorch's own, for sizes that no memory holds
    throw dataError(path.string() + ": the model description is damaged: no network can be made of what it says");
  }
  copyWeights(file, *network, path.string());
  network->eval();
  return {std::move(network), std::move(description)};
}

}  // namespace fer::nn
