#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fer/train/batch/batches.hpp"

namespace fer::train {

/// An item of options.progressive.
struct SideFrom {
  int side;   ///< pixels
  int epoch;  ///< 0-based, from which on
};

/// Throws Error (usage) that begins with `origin` for an item that is not "SIDE:EPOCHS", or sides or epochs out of
/// order.
std::vector<SideFrom> parseProgressive(const std::vector<std::string>& items, const std::string& origin);

/// The side of the images in an epoch; 0: as they are.
int sideOf(const std::vector<std::string>& progressive, std::uint32_t epoch);

/// The batch with images `side` pixels high and wide, bilinear and with half-pixel centres, smoothed where they shrink;
/// as it is where side is 0. On the batch's device. Source: Howard, DAWNBench 2018 (progressive resizing).
Batch resized(Batch batch, int side);

}  // namespace fer::train
