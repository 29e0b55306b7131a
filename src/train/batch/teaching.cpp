#include "train/batch/teaching.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/core/text/joined.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/nn/memory/layout.hpp"
#include "train/batch/stored_opinions.hpp"

namespace fer::train {
namespace {

namespace fs = std::filesystem;

fs::path checkpointOf(const fs::path& run) {
  return fs::is_directory(run) ? RunDirectory::open(run).checkpoint("best") : run;
}

void requireSuits(const nn::CheckpointDescription& teacher, const Experiment& experiment,
                  const data::TrainingData& data, const std::string& origin) {
  const auto refuse = [&](const std::string& what) {
    throw dataError(origin + ": a teacher " + what + ". Choose one that was trained as the student is to be.");
  };
  if (teacher.spec.classes != data.dataset.classes())
    refuse("of other classes (" + joined(teacher.spec.classes) + ") than the data has (" +
           joined(data.dataset.classes()) + ")");
  if (teacher.spec.input != data.dataset.shape()) refuse("of images of another size");
  if (teacher.preprocess.rescale != experiment.preprocess.rescale) refuse("with another preprocess.rescale");
}

/// Asked at every step.
class LiveOpinions : public Opinions {
 public:
  explicit LiveOpinions(Teachers teachers) : teachers_(std::move(teachers)) {}
  at::Tensor of(std::size_t, const Batch& batch) override { return teachers_.logProbabilities(batch.images); }

 private:
  Teachers teachers_;
};

class TaughtBatches : public ChangedBatches {
 public:
  TaughtBatches(std::unique_ptr<BatchSource> inner, std::unique_ptr<Opinions> opinions, int epochs_of_views)
      : ChangedBatches(std::move(inner)),
        opinions_(std::move(opinions)),
        epochs_of_views_(static_cast<std::uint32_t>(epochs_of_views)) {}

  void beginEpoch(std::uint32_t epoch, std::size_t first_step, std::size_t steps) override {
    opinions_->beginEpoch(epoch % epochs_of_views_);
    inner().beginEpoch(epoch % epochs_of_views_, first_step, steps);
  }
  Batch training(std::size_t step) override {
    Batch batch = inner().training(step);
    batch.opinions = opinions_->of(step, batch);
    return batch;
  }

 private:
  std::unique_ptr<Opinions> opinions_;
  std::uint32_t epochs_of_views_;
};

}  // namespace

std::vector<fs::path> teacherFiles(const std::vector<std::string>& runs) {
  std::vector<fs::path> files;
  std::transform(runs.begin(), runs.end(), std::back_inserter(files), checkpointOf);
  return files;
}

Teachers::Teachers(const std::vector<std::string>& runs, const Experiment& experiment, const data::TrainingData& data,
                   const Compute& compute)
    : compute_(compute), mirror_(experiment.train.distill.mirror) {
  networks_.reserve(runs.size());
  for (const fs::path& file : teacherFiles(runs)) {
    nn::LoadedModel teacher = nn::loadModel(file);
    requireSuits(teacher.description, experiment, data, file.string());
    nn::useFastLayout(*teacher.network, compute.device);
    networks_.push_back(std::move(teacher.network));
  }
}

at::Tensor Teachers::logProbabilities(const at::Tensor& images) const {
  const torch::NoGradGuard no_grad;
  const at::Tensor there = images.to(compute_.device, nn::computeType(compute_.precision));
  std::vector<at::Tensor> views{nn::fastLayout(there)};
  if (mirror_) views.push_back(nn::fastLayout(there.flip(-1)));
  at::Tensor sum = at::zeros({});
  for (const auto& network : networks_)
    for (const at::Tensor& view : views) sum = sum + at::softmax(network->forward(view).to(at::kFloat), 1);
  constexpr double kSmallest = 1e-7;
  return (sum / static_cast<double>(networks_.size() * views.size())).clamp_min_(kSmallest).log_();
}

std::unique_ptr<BatchSource> taughtBatches(std::unique_ptr<BatchSource> inner, const Experiment& experiment,
                                           const data::TrainingData& data, const Compute& compute) {
  const DistillOptions& options = experiment.train.distill;
  if (!options.on()) return inner;
  std::unique_ptr<Opinions> opinions;
  if (options.stored.empty())
    opinions = std::make_unique<LiveOpinions>(Teachers(options.teachers, experiment, data, compute));
  else
    opinions = storedOpinions(experiment, data);
  return std::make_unique<TaughtBatches>(std::move(inner), std::move(opinions),
                                         options.epochsOfViews(experiment.train.epochs));
}

}  // namespace fer::train
