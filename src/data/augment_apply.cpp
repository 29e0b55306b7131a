#include <stdexcept>

#include "augment_kernels.hpp"
#include "fer/core/error.hpp"
#include "fer/data/augment.hpp"

namespace fer::data {
namespace {

void requireSize(const char* what, std::size_t expected, std::size_t found) {
  if (expected != found)
    throw std::invalid_argument(std::string(what) + ": expected " + std::to_string(expected) + " values, found " +
                                std::to_string(found));
}

bool isKeras28(const std::string& profile) {
  if (profile == "keras-2.8") return true;
  if (profile == "keras-2.9") return false;
  throw usageError("augment.profile: unknown profile \"" + profile + "\"; expected keras-2.8 or keras-2.9");
}

}  // namespace

Augmenter::Augmenter(const AugmentOptions& options, const PreprocessOptions& preprocess, ImageShape shape)
    : shape_(shape),
      stretch_(isKeras28(options.profile)),
      brightness_on_(options.brightness != std::vector<double>{1.0, 1.0}),
      rescale_(static_cast<float>(preprocess.rescale)) {
  if (isKeras28(options.profile)) {
    centre_rows_ = shape.height / 2.0 + 0.5;
    centre_columns_ = shape.width / 2.0 + 0.5;
  } else {
    // Keras from 2.9 on swaps the axes of the finished matrix, its centres included: rows are zoomed about half the
    // width.
    centre_rows_ = shape.width / 2.0 - 0.5;
    centre_columns_ = shape.height / 2.0 - 0.5;
  }
}

void Augmenter::apply(std::span<const std::uint8_t> image, const Augmentation& numbers, std::span<float> out) const {
  requireSize("Augmenter::apply: image", shape_.size(), image.size());
  requireSize("Augmenter::apply: out", shape_.size(), out.size());
  if (numbers.zoom_rows != 1.0 || numbers.zoom_columns != 1.0)
    kernels::zoom(image, shape_, {numbers.zoom_rows, centre_rows_}, {numbers.zoom_columns, centre_columns_},
                  numbers.flip, out.data());
  else
    kernels::copy(image, shape_, numbers.flip, out.data());
  if (brightness_on_) {
    if (stretch_) kernels::stretch(out);
    kernels::brighten(out, static_cast<float>(numbers.brightness));
  }
  kernels::scale(out, rescale_);
}

void preprocess(const PreprocessOptions& options, std::span<const std::uint8_t> images, std::span<float> out) {
  requireSize("preprocess: out", images.size(), out.size());
  const auto rescale = static_cast<float>(options.rescale);
  for (std::size_t i = 0; i < images.size(); ++i) out[i] = static_cast<float>(images[i]) * rescale;
}

}  // namespace fer::data
