#include "fer/predict/views_predictor.hpp"

#include <stdexcept>
#include <utility>

#include "predict/weighted_sum.hpp"

namespace fer::predict {

ViewsPredictor::ViewsPredictor(std::unique_ptr<Predictor> within, std::vector<View> views)
    : within_(std::move(within)), views_(std::move(views)) {
  if (views_.empty()) throw std::invalid_argument("ViewsPredictor: no view");
}

std::vector<float> ViewsPredictor::probabilities(std::span<const std::uint8_t> images) {
  const ImageShape shape = inputShape();
  if (images.size() % shape.size() != 0)
    throw std::invalid_argument("ViewsPredictor::probabilities: the bytes are no whole number of images");
  WeightedSum sum;
  for (const View& view : views_) {
    std::vector<std::uint8_t> looked_at;
    looked_at.reserve(images.size());
    for (std::size_t first = 0; first < images.size(); first += shape.size()) {
      const auto image = seen(view, shape, images.subspan(first, shape.size()));
      looked_at.insert(looked_at.end(), image.begin(), image.end());
    }
    sum.add(within_->probabilities(looked_at), 1.0 / static_cast<double>(views_.size()));
  }
  return sum.values();
}

}  // namespace fer::predict
