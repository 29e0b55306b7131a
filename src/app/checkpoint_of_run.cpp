#include "app/checkpoint_of_run.hpp"

#include "fer/core/error.hpp"

namespace fer::app {

nn::LoadedModel loadCheckpoint(const RunDirectory& run, const std::string& which) {
  const auto path = run.checkpoint(which);
  if (!std::filesystem::exists(path))
    throw dataError(
        path.string() + ": not there yet. " +
        (which == "final" ? "It is written when the training ends." : "It is written during the training.") +
        " Use another --checkpoint or let fer-train --resume go on.");
  return nn::loadModel(path);
}

}  // namespace fer::app
