#include <stdexcept>
#include <string>

#include "data/augment/kernels.hpp"
#include "fer/data/augment/augment.hpp"

namespace fer::data {
namespace {

void requireSize(const char* what, std::size_t expected, std::size_t found) {
  if (expected != found)
    throw std::invalid_argument(std::string(what) + ": expected " + std::to_string(expected) + " values, found " +
                                std::to_string(found));
}

}  // namespace

Augmenter::Augmenter(const AugmentOptions& options, const Preprocess& preprocess, ImageShape shape)
    : shape_(shape),
      profile_(augmentProfile(options.profile, shape)),
      brightness_on_(brightnessOn(options)),
      rescale_(static_cast<float>(preprocess.rescale)) {}

void Augmenter::apply(std::span<const std::uint8_t> image, const Augmentation& numbers, std::span<float> out) const {
  requireSize("Augmenter::apply: image", shape_.size(), image.size());
  requireSize("Augmenter::apply: out", shape_.size(), out.size());
  if (numbers.zoom_rows != 1.0 || numbers.zoom_columns != 1.0)
    kernels::zoom(image, shape_, {numbers.zoom_rows, profile_.centre_rows},
                  {numbers.zoom_columns, profile_.centre_columns}, numbers.flip, out.data());
  else
    kernels::copy(image, shape_, numbers.flip, out.data());
  if (brightness_on_) {
    if (profile_.stretch) kernels::stretch(out);
    kernels::brighten(out, static_cast<float>(numbers.brightness));
  }
  kernels::scale(out, rescale_);
}

void preprocess(const Preprocess& options, std::span<const std::uint8_t> images, std::span<float> out) {
  requireSize("preprocess: out", images.size(), out.size());
  const auto rescale = static_cast<float>(options.rescale);
  for (std::size_t i = 0; i < images.size(); ++i) out[i] = static_cast<float>(images[i]) * rescale;
}

}  // namespace fer::data
