#include "fer/app/export_run.hpp"

#include <iostream>

#include "app/checkpoint_of_run.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/weights/torch_file.hpp"

namespace fer::app {

void exportRun(const ExportRequest& request) {
  const RunDirectory run = RunDirectory::open(request.run);
  const nn::LoadedModel model = loadCheckpoint(run, request.checkpoint);
  const nn::TensorFile file = nn::packModel(*model.network, model.description);
  const bool torch = request.format == "torch";
  const std::filesystem::path out =
      request.out.empty() ? run.name() + (torch ? ".pth" : ".safetensors") : request.out.string();
  if (torch)
    weights::writeTorchFile(out, nn::toBytes(file));
  else
    nn::writeTensors(out, file);
  constexpr std::uintmax_t kKilo = 1000;
  std::cout << out.string() << ": " << file.tensors.size() << " tensors, " << std::filesystem::file_size(out) / kKilo
            << " kB, weights of epoch " << model.description.epoch + 1 << "\n";
}

}  // namespace fer::app
