#include "engine/engine_predictor.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/data/augment/augment.hpp"

namespace fer::engine {

EnginePredictor::EnginePredictor(std::unique_ptr<Runtime> runtime, const weights::ModelDescription& description,
                                 std::string origin)
    : runtime_(std::move(runtime)),
      input_(description.spec.input),
      classes_(description.spec.classes),
      preprocess_(description.preprocess),
      origin_(std::move(origin)) {}

std::vector<float> EnginePredictor::probabilities(std::span<const std::uint8_t> images) {
  if (images.size() % input_.size() != 0)
    throw std::invalid_argument("EnginePredictor::probabilities: the bytes are no whole number of images");
  std::vector<float> probabilities;
  probabilities.reserve(images.size() / input_.size() * classes_.size());
  const std::size_t most = predict::kBatch * input_.size();  // however many there are, memory is bounded
  for (std::size_t begin = 0; begin < images.size(); begin += most)
    append(images.subspan(begin, std::min(most, images.size() - begin)), probabilities);
  return probabilities;
}

void EnginePredictor::append(std::span<const std::uint8_t> images, std::vector<float>& probabilities) {
  const std::size_t count = images.size() / input_.size();
  prepared_.resize(images.size());
  data::preprocess(preprocess_, images, prepared_);
  const std::vector<float> found = runtime_->run(prepared_, count);
  const auto wrong = [](float value) { return !std::isfinite(value); };
  if (found.size() != count * classes_.size() || std::any_of(found.begin(), found.end(), wrong))
    throw dataError(origin_ + ": the network gives no probabilities: the file is damaged. Export it again.");
  probabilities.insert(probabilities.end(), found.begin(), found.end());
}

}  // namespace fer::engine
