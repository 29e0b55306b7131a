#pragma once

#include <cstdint>

namespace fer::weights {

/// The nearest number of IEEE 754's binary16, of two the even one; infinity from 65,520 on.
std::uint16_t halfOf(float value);
float fromHalf(std::uint16_t bits);

}  // namespace fer::weights
