#include "fer/app/export_run.hpp"

#include <iostream>

#include "app/checkpoint_of_run.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/weights/onnx/write.hpp"
#include "fer/weights/torch_file.hpp"

namespace fer::app {
namespace {

std::string endingOf(const std::string& format) {
  return format == "torch" ? ".pth" : "." + format;
}

}  // namespace

void exportRun(const ExportRequest& request) {
  const RunDirectory run = RunDirectory::open(request.run);
  const nn::LoadedModel model = loadCheckpoint(run, request.checkpoint);
  const nn::TensorFile file = nn::packModel(*model.network, model.description);
  const std::filesystem::path out = request.out.empty() ? run.name() + endingOf(request.format) : request.out.string();
  if (request.format == "torch") {
    weights::writeTorchFile(out, nn::toBytes(file));
  } else if (request.format == "onnx") {
    const weights::NamedTensors content = nn::toBytes(file);
    writeFile(out, weights::onnxModel(model.network->graph(), content.tensors, content.metadata));
  } else {
    nn::writeTensors(out, file);
  }
  constexpr std::uintmax_t kKilo = 1000;
  std::cout << out.string() << ": " << file.tensors.size() << " tensors, " << std::filesystem::file_size(out) / kKilo
            << " kB, weights of epoch " << model.description.epoch + 1 << "\n";
}

}  // namespace fer::app
