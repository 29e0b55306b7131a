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
      output_(augmentedShape(options, shape)),
      profile_(augmentProfile(options.profile, shape)),
      parts_(augmentParts(options)),
      rescale_(static_cast<float>(preprocess.rescale)) {}

void Augmenter::apply(std::span<const std::uint8_t> image, const Augmentation& numbers, std::span<float> out) const {
  requireSize("Augmenter::apply: image", shape_.size(), image.size());
  requireSize("Augmenter::apply: out", output_.size(), out.size());
  move(image, numbers, out);
  shade(numbers, out);
  if (parts_.erasing && numbers.erase_area > 0)
    kernels::fill(out, output_, erasedBox(numbers, output_), parts_.fill_with_mean ? kernels::meanLevel(out) : 0.0F);
  kernels::scale(out, rescale_);
}

void Augmenter::move(std::span<const std::uint8_t> image, const Augmentation& numbers, std::span<float> out) const {
  if (parts_.warp)
    kernels::warp(image, shape_, output_, warpOf(numbers, shape_, output_), out.data());
  else if (numbers.zoom_rows != 1.0 || numbers.zoom_columns != 1.0)
    kernels::zoom(image, shape_, {numbers.zoom_rows, profile_.centre_rows},
                  {numbers.zoom_columns, profile_.centre_columns}, numbers.flip, out.data());
  else
    kernels::copy(image, shape_, numbers.flip, out.data());
}

/// The brightness comes last: it truncates, and what is truncated must not be spread.
void Augmenter::shade(const Augmentation& numbers, std::span<float> out) const {
  if (parts_.brightness && profile_.stretch) kernels::stretch(out);
  if (parts_.contrast && numbers.contrast != 1)
    kernels::spread(out, kernels::meanLevel(out), static_cast<float>(numbers.contrast));
  if (parts_.gamma && numbers.gamma != 1) kernels::gamma(out, numbers.gamma);
  if (parts_.brightness) kernels::brighten(out, static_cast<float>(numbers.brightness));
}

void preprocess(const Preprocess& options, std::span<const std::uint8_t> images, std::span<float> out) {
  requireSize("preprocess: out", images.size(), out.size());
  const auto rescale = static_cast<float>(options.rescale);
  for (std::size_t i = 0; i < images.size(); ++i) out[i] = static_cast<float>(images[i]) * rescale;
}

}  // namespace fer::data
