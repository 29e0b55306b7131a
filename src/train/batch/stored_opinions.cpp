#include "train/batch/stored_opinions.hpp"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/core/hash.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/core/text/json.hpp"
#include "fer/nn/tensor_file.hpp"
#include "fer/train/store_teachers.hpp"

namespace fer::train {
namespace {

constexpr const char* kTensor = "log_probabilities";
constexpr const char* kViews = "fer_views";
constexpr const char* kTeachers = "fer_teachers";  ///< a JSON list of paths
constexpr const char* kTeachersHash = "fer_teachers_hash";

class StoredOpinions : public Opinions {
 public:
  StoredOpinions(const Experiment& experiment, const data::TrainingData& data)
      : folder_(experiment.train.distill.stored),
        views_(viewsText(experiment, data)),
        batch_size_(experiment.train.batch_size),
        images_(static_cast<std::int64_t>(imagesPerEpoch(experiment.train, data))),
        classes_(static_cast<std::int64_t>(data.dataset.classes().size())) {
    if (!std::filesystem::is_directory(folder_))
      throw dataError(folder_.string() +
                      ": no such folder (train.distill.stored). Let fer-train --store-teachers write it.");
    const int epochs = experiment.train.distill.epochsOfViews(experiment.train.epochs);
    for (int epoch = 0; epoch < epochs; ++epoch)  // better now than after hours
      if (const std::filesystem::path file = opinionsFile(folder_, epoch); !std::filesystem::exists(file))
        throw dataError(file.string() +
                        ": not there: teachers' opinions are stored of fewer epochs than train.epochs (or "
                        "train.distill.cycle), " +
                        std::to_string(epochs) + ". Let fer-train --store-teachers write them.");
    readOpinions(opinionsFile(folder_, 0), views_);  // of other views they are refused before a run has begun
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

/// Nobody where the file does not say, as the first ones did not.
Asked askedIn(const nn::TensorFile& content, const std::filesystem::path& file) {
  const auto teachers = content.metadata.find(kTeachers);
  const auto hash = content.metadata.find(kTeachersHash);
  if (teachers == content.metadata.end() || hash == content.metadata.end()) return {};
  const std::string origin = file.string() + " (" + kTeachers + ")";
  const nlohmann::json list = parseJson(teachers->second, origin, Fault::kData);
  return {JsonNode(list, origin, "Remove the file and let fer-train --store-teachers write it again.").texts(),
          hash->second};
}

std::string namesOf(const Asked& asked) {
  return asked.teachers.empty() ? "unknown teachers" : namesToShow(asked.teachers);
}

/// Throws Error (bad data) where the content is not an epoch's opinions, or of other views.
const at::Tensor& opinionsIn(const nn::TensorFile& content, const std::filesystem::path& file,
                             const std::string& views) {
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
  return tensor->second;
}

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

Asked askedOf(const std::vector<std::filesystem::path>& teachers, bool mirror) {
  Asked asked;
  Sha256 hash;
  hash.add(mirror ? "mirrored" : "plain");
  for (const std::filesystem::path& file : teachers) {
    asked.teachers.push_back(wholePath(file).string());
    hash.add(fileSha256(file));
  }
  asked.hash = hash.hex();
  return asked;
}

void writeOpinions(const std::filesystem::path& file, const at::Tensor& log_probabilities, const std::string& views,
                   const Asked& asked) {
  nn::writeTensors(
      file, {{{kTensor, log_probabilities.to(at::kHalf)}},
             {{kViews, views}, {kTeachers, nlohmann::json(asked.teachers).dump()}, {kTeachersHash, asked.hash}}});
}

at::Tensor readOpinions(const std::filesystem::path& file, const std::string& views) {
  return opinionsIn(nn::readTensors(file), file, views).to(at::kFloat);
}

void requireStored(const std::filesystem::path& file, const std::string& views, const Asked& asked) {
  const nn::TensorFile content = nn::readTensors(file);
  opinionsIn(content, file, views);
  const Asked found = askedIn(content, file);
  if (found.hash == asked.hash) return;
  throw dataError(file.string() + ": of other teachers (" + namesOf(found) + ") than are asked here (" +
                  namesOf(asked) +
                  "): other files, files that were trained on since, or another train.distill.mirror. Name another "
                  "folder, or remove this one.");
}

std::vector<std::string> storedTeachers(const std::filesystem::path& folder) {
  const std::filesystem::path file = opinionsFile(folder, 0);
  return std::filesystem::exists(file) ? askedIn(nn::readTensors(file), file).teachers : std::vector<std::string>{};
}

std::unique_ptr<Opinions> storedOpinions(const Experiment& experiment, const data::TrainingData& data) {
  return std::make_unique<StoredOpinions>(experiment, data);
}

}  // namespace fer::train
