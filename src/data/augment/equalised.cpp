#include "fer/data/augment/equalised.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "fer/core/error.hpp"

namespace fer::data {

std::vector<std::uint8_t> equalised(const Dataset& dataset, std::span<const std::uint32_t> rows,
                                    const ClaheOptions& options, const Equaliser& equaliser) {
  const ImageShape shape = dataset.shape();
  if (options.tiles > std::min(shape.height, shape.width))
    throw usageError("augment.clahe.tiles: " + std::to_string(options.tiles) + " tiles a side are more than the " +
                     std::to_string(shape.height) + " x " + std::to_string(shape.width) +
                     " pixels of the images. Choose fewer.");
  std::vector<std::uint8_t> block(dataset.columns().pixels.size());
  for (const std::uint32_t row : rows)
    equaliser(dataset.pixels(row), shape, options, std::span(block).subspan(row * shape.size(), shape.size()));
  return block;
}

std::span<const std::uint8_t> shownPixels(const Dataset& dataset, std::span<const std::uint8_t> equalised,
                                          std::size_t row, const Augmentation& numbers) {
  const std::span<const std::uint8_t> pixels = dataset.pixels(row);
  if (!numbers.equalised) return pixels;
  if (equalised.size() < (row + 1) * pixels.size())
    throw std::out_of_range("shownPixels: augment.clahe is on, and no equalised image of the row was made");
  return equalised.subspan(row * pixels.size(), pixels.size());
}

}  // namespace fer::data
