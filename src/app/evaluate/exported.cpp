#include "app/evaluate/pieces.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/engine/engine.hpp"
#include "fer/graph/cost.hpp"
#include "fer/train/experiment.hpp"
#include "fer/weights/onnx/metadata.hpp"
#include "fer/weights/onnx/nodes.hpp"
#include "fer/weights/onnx/widen.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

/// Where a run or an ensemble stands, its own evaluations belong.
void refuseOccupied(const fs::path& folder) {
  for (const char* name : {"config.json", "ensemble.json"})
    if (fs::exists(folder / name))
      throw usageError("--out " + folder.string() + ": a run or an ensemble stands there. Name another folder.");
}

/// The fractions that somebody else's network holds: which of them were learnt the file does not say.
std::int64_t numbersIn(const std::string& file) {
  const std::string bytes = weights::widenedOnnx(readFile(file, Fault::kData, weights::kMostOnnxBytes), file);
  std::int64_t numbers = 0;
  for (const auto& [name, tensor] : weights::parseOnnxNodes(bytes, file).tensors)
    if (tensor.type == weights::OnnxTensor::Type::kFloat32)
      numbers += static_cast<std::int64_t>(tensor.bytes.size() / sizeof(float));
  return numbers;
}

std::int64_t parametersOf(const weights::ModelDescription& description, const std::string& file) {
  if (!isOurs(description.spec)) return numbersIn(file);
  try {
    return graph::costOf(graph::makeGraph(description.spec)).parameters;
  } catch (const Error& error) {
    throw dataError(file + ": " + error.what());
  }
}

}  // namespace

Candidate openExported(const EvalRequest& request, int threads) {
  refuseOccupied(request.out);
  engine::ExportedModel model = engine::openModel(fs::path(request.model), {request.engine, threads});
  Candidate candidate;
  candidate.folder = wholePath(request.out);
  const data::DataOptions data = train::parseExperiment(model.description.config, request.model + " (config)").data;
  const std::int64_t parameters = parametersOf(model.description, request.model);
  candidate.networks.push_back({std::nullopt, request.model, data, std::move(model.description), parameters,
                                std::move(model.predictor), std::move(model.engine)});
  return candidate;
}

}  // namespace fer::app
