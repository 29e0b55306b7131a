#include "train/batch/stored_opinions.hpp"

#include <ATen/ATen.h>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/hash.hpp"
#include "fer/nn/tensor_file.hpp"

namespace fer::train {
namespace {

constexpr const char* kTensor = "log_probabilities";
constexpr const char* kViews = "fer_views";

class StoredOpinions : public Opinions {
 public:
  StoredOpinions(const Experiment& experiment, const data::TrainingData& data)
      : folder_(experiment.train.distill.stored),
        views_(viewsText(experiment, data)),
        batch_size_(experiment.train.batch_size),
        images_(static_cast<std::int64_t>(imagesPerEpoch(experiment.train, data))),
        classes_(static_cast<std::int64_t>(data.dataset.classes().size())) {
    const int epochs = experiment.train.distill.epochsOfViews(experiment.train.epochs);
    for (int epoch = 0; epoch < epochs; ++epoch)  // better now than after hours
      if (const std::filesystem::path file = opinionsFile(folder_, epoch); !std::filesystem::exists(file))
        throw dataError(file.string() +
                        ": not there: teachers' opinions are stored of fewer epochs than train.epochs (or "
                        "train.distill.cycle), " +
                        std::to_string(epochs) + ". Let fer-train --store-teachers write them.");
  }

  void beginEpoch(std::uint32_t epoch) override {
    const std::filesystem::path file = opinionsFile(folder_, static_cast<int>(epoch));
    opinions_ = readOpinions(file, views_);
    if (opinions_.size(0) != images_ || opinions_.size(1) != classes_)
      throw dataError(file.string() + ": holds opinions of " + std::to_string(opinions_.size(0)) + " images and " +
                      std::to_string(opinions_.size(1)) + " classes, where there are " + std::to_string(images_) +
                      " and " + std::to_string(classes_) + ". Remove it and let --store-teachers write it again.");
  }

  at::Tensor of(std::size_t step, const Batch& batch) override {
    return opinions_.narrow(0, static_cast<std::int64_t>(step) * batch_size_ + batch.first, batch.size());
  }

 private:
  std::filesystem::path folder_;
  std::string views_;
  std::int64_t batch_size_;
  std::int64_t images_;  ///< of an epoch
  std::int64_t classes_;
  at::Tensor opinions_;  ///< the epoch's
};

}  // namespace

std::string viewsText(const Experiment& experiment, const data::TrainingData& data) {
  Experiment part;
  part.data = experiment.data;
  part.data.path.clear();  // its hash stands for it
  part.augment = experiment.augment;
  part.augment.blur = data::AugmentOptions{}.blur;  // teachers see neither it nor noise
  part.augment.noise = data::AugmentOptions{}.noise;
  part.preprocess = experiment.preprocess;
  part.train.seed = experiment.train.seed;
  part.train.batch_size = experiment.train.batch_size;
  part.train.drop_last = experiment.train.drop_last;
  part.train.mix = experiment.train.mix;
  part.train.sampler = experiment.train.sampler;
  part.train.progressive = experiment.train.progressive;
  Sha256 hash;
  hash.add(data.data_hash + experimentText(part));
  return hash.hex();
}

std::filesystem::path opinionsFile(const std::filesystem::path& folder, int epoch) {
  std::string number = std::to_string(epoch);
  constexpr std::size_t kDigits = 4;
  if (number.size() < kDigits) number.insert(0, kDigits - number.size(), '0');
  return folder / ("epoch-" + number + ".safetensors");
}

void writeOpinions(const std::filesystem::path& file, const at::Tensor& log_probabilities, const std::string& views) {
  nn::writeTensors(file, {{{kTensor, log_probabilities.to(at::kHalf)}}, {{kViews, views}}});
}

at::Tensor readOpinions(const std::filesystem::path& file, const std::string& views) {
  const nn::TensorFile content = nn::readTensors(file);
  const auto tensor = content.tensors.find(kTensor);
  const auto of = content.metadata.find(kViews);
  if (tensor == content.tensors.end() || tensor->second.dim() != 2 || of == content.metadata.end())
    throw dataError(file.string() +
                    ": not what teachers said of an epoch; fer-train --store-teachers writes such files");
  if (of->second != views)
    throw dataError(
        file.string() +
        ": of other views than this training's: data, cut, train.seed, augment.* but for blur and "
        "noise, train.mix.*, train.batch_size and train.drop_last must be those of fer-train --store-teachers");
  return tensor->second.to(at::kFloat);
}

std::unique_ptr<Opinions> storedOpinions(const Experiment& experiment, const data::TrainingData& data) {
  return std::make_unique<StoredOpinions>(experiment, data);
}

}  // namespace fer::train
