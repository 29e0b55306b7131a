#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "fer/data/augment/augment.hpp"
#include "fer/data/dataset.hpp"
#include "fer/data/options.hpp"

namespace fer::data {

/// CLAHE of an image, C x H x W levels, into as many. The room data equalises nothing itself: `equaliseInto` of
/// data_folder is what programs pass.
using Equaliser = std::function<void(std::span<const std::uint8_t> image, ImageShape shape, const ClaheOptions& options,
                                     std::span<std::uint8_t> out)>;

/// The images of the rows listed, equalised: a block like dataset.columns().pixels and as large, in which each stands
/// where it stands there; other rows' pixels are 0. One thread. Throws Error (usage) where there are more tiles than
/// pixels along a side.
std::vector<std::uint8_t> equalised(const Dataset& dataset, std::span<const std::uint32_t> rows,
                                    const ClaheOptions& options, const Equaliser& equaliser);

/// Which pixels of a row `numbers` are applied to: the dataset's, or those of `equalised`, a block as above. Throws
/// std::out_of_range where it does not hold the row.
std::span<const std::uint8_t> shownPixels(const Dataset& dataset, std::span<const std::uint8_t> equalised,
                                          std::size_t row, const Augmentation& numbers);

}  // namespace fer::data
