#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "fer/data/augment/equalised.hpp"
#include "fer/data/training_data.hpp"

namespace fer::test {

/// What stands for CLAHE where there is no OpenCV: an image that nobody takes for the one as it is.
inline void invertInto(std::span<const std::uint8_t> image, ImageShape, const data::ClaheOptions&,
                       std::span<std::uint8_t> out) {
  for (std::size_t i = 0; i < image.size(); ++i) out[i] = static_cast<std::uint8_t>(255 - image[i]);
}

inline std::vector<std::uint8_t> invertedImages(const data::Dataset& dataset, std::span<const std::uint32_t> rows) {
  return data::equalised(dataset, rows, {}, &invertInto);
}

}  // namespace fer::test
