#include "fer/app/export_run.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <iostream>
#include <sstream>
#include <utility>
#include <vector>

#include "app/checkpoint_of_run.hpp"
#include "app/export_check.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/core/shell_path.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/nn/finite.hpp"
#include "fer/report/evaluation/json.hpp"
#include "fer/train/experiment.hpp"
#include "fer/weights/onnx/write.hpp"
#include "fer/weights/torch_file.hpp"

namespace fer::app {
namespace {

std::string endingOf(const std::string& format) {
  return format == "torch" ? ".pth" : "." + format;
}

/// The run's evaluations of these weights.
std::vector<metrics::Summary> evaluationsOf(const RunDirectory& run, const nn::CheckpointDescription& description) {
  std::vector<metrics::Summary> evaluations;
  for (const char* split : {"test", "validation"}) {
    const std::filesystem::path file = run.evaluation(split) / "evaluation.json";
    if (!std::filesystem::exists(file)) continue;
    metrics::Summary found = report::readEvaluationJson(file);
    if (found.checkpoint == description.checkpoint && found.epoch == description.epoch)
      evaluations.push_back(std::move(found));
  }
  return evaluations;
}

/// The same on every split: it is fitted on the validation rows.
double temperatureOf(const std::vector<metrics::Summary>& evaluations, const ExportRequest& request) {
  for (const metrics::Summary& found : evaluations)
    if (found.calibration) return found.calibration->temperature;
  throw usageError(
      "--calibrated: no evaluation of these weights has a temperature. Let one fit it first: fer-eval --run " +
      shellPath(request.run) + " --checkpoint " + request.checkpoint + " --split validation --calibrate");
}

/// A network's last layer makes the logits.
void divideLogits(nn::Network& network, double temperature) {
  const torch::NoGradGuard no_grad;
  const std::string& last = network.graph().layers().back().name;
  for (const char* part : {".weight", ".bias"}) network.named_parameters()[last + part].div_(temperature);
}

/// What an exported model says of itself beyond what a checkpoint does.
void describeExport(const RunDirectory& run, const ExportRequest& request, nn::LoadedModel& model) {
  nn::CheckpointDescription& description = model.description;
  description.checkpoint = request.checkpoint;
  const std::vector<metrics::Summary> evaluations = evaluationsOf(run, description);
  for (const metrics::Summary& found : evaluations)
    description.scores.push_back(
        {found.split, found.protocol, found.all.scores.rows, found.all.scores.accuracy, found.all.scores.macro.f1});
  if (!request.calibrated) return;
  description.temperature = temperatureOf(evaluations, request);
  divideLogits(*model.network, description.temperature);
}

/// The run's config, its files by their names alone: where they lay on the machine is nobody's business.
std::string configToShow(const std::string& config, const std::string& origin) {
  train::Experiment experiment = train::parseExperiment(config, origin);
  std::vector<std::string*> paths = train::pathsOf(experiment);
  paths.insert(paths.end(), {&experiment.model.weights, &experiment.model.init});
  for (std::string* path : paths)
    if (!path->empty()) *path = nameToShow(*path);
  return train::experimentText(experiment);
}

/// Its kernels in float16; biases and batch norms, which are few, stay as they are. The same as in an ONNX model.
void halveKernels(nn::TensorFile& file) {
  for (auto& [name, tensor] : file.tensors) {
    if (tensor.dim() < 2) continue;
    tensor = tensor.to(at::kHalf);
    if (!nn::isFinite(tensor))
      throw usageError("--half: " + name + " has numbers beyond 65,504, float16's largest. Export without --half.");
  }
}

/// What an exported model's probabilities may differ from LibTorch's by: each layer adds to the rounding.
double mostDifference(const std::string& model) {
  constexpr double kMost = 1e-5;
  constexpr double kMostOfDeepOnes = 1e-4;
  return model == "vgg16" || model == "resnet50" ? kMostOfDeepOnes : kMost;
}
constexpr double kMostOfHalf = 1e-2;

/// Throws unless the model, once written, does what the network does. Returns what is to be said of it.
std::string checked(const std::string& onnx, const nn::LoadedModel& model, double most, const char* what) {
  const ExportCheck check = checkExport(onnx, model);
  if (!check.made) return "not checked: fer was built without OpenCV";
  std::ostringstream text;
  text.precision(1);
  text << std::scientific << check.difference;
  if (!(check.difference <= most))
    throw Error(Fault::kOther, std::string(what) + ": in OpenCV its probabilities differ from LibTorch's by " +
                                   text.str() + ", so nothing was written. " +
                                   (most == kMostOfHalf ? "Export without --half." : "Please report it."));
  return "checked: probabilities differ from LibTorch's by " + text.str() + " at most";
}

/// Returns what is to be said of the file.
std::string exportOnnx(const ExportRequest& request, const nn::LoadedModel& model, const nn::TensorFile& file,
                       const std::filesystem::path& out) {
  const weights::NamedTensors content = nn::toBytes(file);
  const auto written = [&](weights::OnnxKernels kernels) {
    return weights::onnxModel(model.network->graph(), content.tensors, content.metadata, kernels);
  };
  const double most = mostDifference(model.description.spec.name);
  std::string onnx = written(weights::OnnxKernels::kFloat32);
  std::string said = checked(onnx, model, most, "the exported model");
  if (request.half) {
    onnx = written(weights::OnnxKernels::kFloat16);
    said = checked(onnx, model, kMostOfHalf, "the exported model with kernels in float16");
  }
  writeFile(out, onnx);
  return said;
}

}  // namespace

void exportRun(const ExportRequest& request) {
  const RunDirectory run = RunDirectory::open(request.run);
  nn::LoadedModel model = loadCheckpoint(run, request.checkpoint);
  if (request.format == "onnx") describeExport(run, request, model);
  model.description.config = configToShow(model.description.config, request.run + " (config)");
  nn::TensorFile file = nn::packModel(*model.network, model.description);
  if (request.half && request.format != "onnx") halveKernels(file);
  const std::filesystem::path out = request.out.empty() ? run.name() + endingOf(request.format) : request.out.string();
  std::string said;
  if (request.format == "torch") {
    weights::writeTorchFile(out, nn::toBytes(file));
  } else if (request.format == "onnx") {
    said = exportOnnx(request, model, file, out);
  } else {
    nn::writeTensors(out, file);
  }
  constexpr std::uintmax_t kKilo = 1000;
  std::cout << out.string() << ": " << file.tensors.size() << " tensors, " << std::filesystem::file_size(out) / kKilo
            << " kB, weights of epoch " << model.description.epoch + 1 << "\n"
            << said << (said.empty() ? "" : "\n");
  if (request.calibrated)
    std::cout << "calibrated: logits divided by a temperature of " << fixed(model.description.temperature, 4) << "\n";
}

}  // namespace fer::app
