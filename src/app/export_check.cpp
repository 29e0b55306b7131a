#include "app/export_check.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "fer/core/random.hpp"
#include "fer/engine/engine.hpp"
#include "fer/nn/torch_predictor.hpp"

namespace fer::app {
namespace {

constexpr std::size_t kImages = 8;

/// Noise around a grey of each image's own, from nearly none to all levels: of images alike the classes would be, too.
std::vector<std::uint8_t> randomImages(std::size_t size) {
  constexpr double kHighest = 255;
  std::vector<std::uint8_t> images;
  for (std::uint32_t i = 0; i < kImages; ++i) {
    RandomStream stream(0, Purpose::kExport, 0, i);
    const double contrast = (i + 1.0) / kImages;
    const double lowest = stream.uniform(0, kHighest * (1 - contrast));
    for (std::size_t pixel = 0; pixel < size; ++pixel)
      images.push_back(static_cast<std::uint8_t>(lowest + stream.uniform(0, kHighest * contrast)));
  }
  return images;
}

}  // namespace

ExportCheck checkExport(const std::string& onnx, const nn::LoadedModel& model) {
  const engine::ExportedModel exported = engine::openModel(onnx, "the exported model", {"opencv", 0});
  nn::TorchPredictor network(model, c10::kCPU);
  const std::size_t size = network.inputShape().size();
  const std::vector<std::uint8_t> images = randomImages(size);
  ExportCheck check{true, 0};
  for (const std::size_t count : {std::size_t{1}, kImages}) {
    const std::vector<float> expected = network.probabilities(std::span(images).first(count * size));
    const std::vector<float> found = exported.predictor->probabilities(std::span(images).first(count * size));
    if (found.size() != expected.size()) return {true, std::numeric_limits<double>::infinity()};
    for (std::size_t i = 0; i < found.size(); ++i)
      check.difference = std::max(check.difference, std::abs(static_cast<double>(found[i]) - expected[i]));
  }
  return check;
}

}  // namespace fer::app
