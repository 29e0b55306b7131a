#include "fer/train/store_teachers.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <vector>

#include "fer/core/error.hpp"
#include "fer/core/files/folders.hpp"
#include "train/batch/stored_opinions.hpp"
#include "train/batch/teaching.hpp"

namespace fer::train {

bool storeTeachers(const Experiment& experiment, const data::TrainingData& data, const Compute& compute,
                   const std::filesystem::path& folder, const StoreEvents& events) {
  const torch::NoGradGuard no_grad;
  const DistillOptions& distill = experiment.train.distill;
  if (distill.teachers.empty())
    throw usageError("--store-teachers: no teacher is named. Give runs with --set 'train.distill.teachers=[\"RUN\"]'.");
  const Teachers teachers(distill.teachers, experiment, data, compute);
  const auto batches =
      compute.device.is_cuda() ? deviceBatches(experiment, data, compute.device) : hostBatches(experiment, data);
  const std::string views = viewsText(experiment, data);
  const Asked asked = askedOf(teacherFiles(distill.teachers), distill.mirror);
  const std::size_t steps = stepsPerEpoch(experiment.train, data);
  makeFolders(folder);
  const int epochs = distill.epochsOfViews(experiment.train.epochs);
  for (int epoch = 0; epoch < epochs; ++epoch) {
    const std::filesystem::path file = opinionsFile(folder, epoch);
    const bool there = std::filesystem::exists(file);
    if (there) {
      requireStored(file, views, asked);
    } else {
      batches->beginEpoch(static_cast<std::uint32_t>(epoch), 0, steps);
      std::vector<at::Tensor> opinions;
      opinions.reserve(steps);
      for (std::size_t step = 0; step < steps; ++step) {
        opinions.push_back(teachers.logProbabilities(batches->training(step).images).cpu());
        events.asked(static_cast<std::size_t>(opinions.back().size(0)));
        if (events.interrupted()) return false;
      }
      writeOpinions(file, at::cat(opinions), views, asked);
    }
    events.stored(epoch, there);
  }
  return true;
}

}  // namespace fer::train
