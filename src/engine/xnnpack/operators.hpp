#pragma once

#include <cstdint>
#include <limits>

#include "engine/xnnpack/network.hpp"

/// XNNPACK's operators, made for values of given sizes; how many images there are is said later. Weights are copied.
/// All throw Error (bad data), whose message is a reason only, where XNNPACK refuses.
namespace fer::engine::xnnpack {

/// Results below this become this: 0 where a ReLU follows.
using Lowest = float;
constexpr Lowest kNoLowest = -std::numeric_limits<float>::infinity();

/// What a convolution or pooling looks at, in pixels.
struct Window {
  std::uint32_t height = 1;
  std::uint32_t width = 1;
  std::uint32_t step_down = 1;
  std::uint32_t step_right = 1;
  std::uint32_t top = 0;  ///< padding
  std::uint32_t left = 0;
  std::uint32_t bottom = 0;
  std::uint32_t right = 0;
};

/// Each group of outputs takes a group of inputs. `weight` holds outputs x height x width x inputs of a group numbers,
/// `bias` one an output.
Computation convolution(const Value& in, const Value& out, const Window& window, std::size_t groups,
                        const std::vector<float>& weight, const std::vector<float>& bias, Lowest lowest);
/// Each channel times its scale plus its offset.
Computation scaleAndOffset(const Value& in, const std::vector<float>& scale, const std::vector<float>& offset,
                           Lowest lowest);
/// `count` of a vector's numbers, from `first` on.
struct Part {
  std::size_t first = 0;
  std::size_t count = 0;
};

/// Of a part of a vector of so many inputs. `weight` holds outputs x count numbers, `bias` one an output or none at
/// all.
Computation fullyConnected(std::size_t inputs, const Part& part, std::size_t outputs, const std::vector<float>& weight,
                           const std::vector<float>& bias, Lowest lowest);
Computation maxPool(const Value& in, const Window& window);
/// Of each map.
Computation meanPool(const Value& in);
Computation sum(const Value& both, Lowest lowest);
/// The second may have one pixel for all of the first.
Computation product(const Value& first, const Value& second, Lowest lowest);
/// Bilinear, half-pixel centres.
Computation resize(const Value& in, const Value& out);
/// The input becomes the output's channels from that one on.
Computation copyTo(const Value& in, const Value& out, std::size_t first_channel);
Computation rectifier(std::size_t numbers);
Computation sigmoid(std::size_t numbers);
Computation softmax(std::size_t classes);

}  // namespace fer::engine::xnnpack
