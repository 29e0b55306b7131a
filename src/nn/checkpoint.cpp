#include "fer/nn/checkpoint.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <set>
#include <utility>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/nn/finite.hpp"
#include "nn/tensor_fit.hpp"

namespace fer::nn {

bool isTrainingState(const std::string& name) {
  return name.find('/') != std::string::npos;
}

TensorFile packModel(const Network& network, const CheckpointDescription& description) {
  TensorFile file;
  for (const auto& [name, tensor] : namedState(network)) file.tensors.emplace(name, tensor.detach());
  file.metadata[weights::kDescriptionKey] = weights::descriptionJson(description);
  return file;
}

bool hasCard(const TensorFile& file) {
  return file.metadata.contains(weights::kDescriptionKey);
}

CheckpointDescription readDescription(const TensorFile& file, const std::string& origin) {
  const auto found = file.metadata.find(weights::kDescriptionKey);
  if (found == file.metadata.end())
    throw dataError(origin +
                    ": holds tensors, but no model description of fer. Use a checkpoint that fer-train wrote.");
  return weights::parseDescription(found->second, origin);
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
