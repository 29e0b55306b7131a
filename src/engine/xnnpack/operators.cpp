#include "engine/xnnpack/operators.hpp"

#include <array>
#include <utility>

#include "fer/core/error.hpp"

namespace fer::engine::xnnpack {
namespace {

constexpr float kHighest = std::numeric_limits<float>::infinity();
/// Threads sleep when they have nothing to do. On a busy processor those that wait awake are in the way of the one that
/// they wait for: one face then took 40 times as long.
constexpr std::uint32_t kFlags = XNN_FLAG_YIELD_WORKERS;
/// How many a processor does in the time in which it reads and writes a number.
constexpr std::size_t kMultiplications = 16;

/// The operator that `create` gives.
template <class Create>
Operator make(const Create& create) {
  xnn_operator_t made = nullptr;
  if (const xnn_status status = create(&made); status != xnn_status_success)
    throw dataError("XNNPACK refuses it, status " + std::to_string(status));
  return Operator(made);
}

using SetUpOfRows = xnn_status (*)(xnn_operator_t, std::size_t, const float*, float*, pthreadpool_t);

/// Of operators that take one row an image.
Computation byRows(Operator operation, std::size_t numbers, SetUpOfRows set_up) {
  return {std::move(operation), numbers * kMultiplications, [set_up](xnn_operator_t made, const Call& call) {
            return set_up(made, call.images, call.first, call.output, call.threads);
          }};
}

using SidesOfMaps = std::array<std::size_t, 4>;

SidesOfMaps sidesOf(std::size_t images, const Value& value) {
  return {images, value.height, value.width, value.channels};
}

Computation convolutionOf(const Value& in, std::size_t groups, std::size_t outputs_of_group, const Window& window,
                          const std::vector<float>& weight, const std::vector<float>& bias, Lowest lowest,
                          std::size_t work) {
  return {make([&](xnn_operator_t* made) {
            return xnn_create_convolution2d_nhwc_f32(
                window.top, window.right, window.bottom, window.left, window.height, window.width, window.step_down,
                window.step_right, 1, 1, static_cast<std::uint32_t>(groups), in.channels / groups, outputs_of_group,
                in.channels, groups * outputs_of_group, weight.data(), bias.data(), lowest, kHighest, kFlags, made);
          }),
          work, [height = in.height, width = in.width](xnn_operator_t made, const Call& call) {
            return xnn_setup_convolution2d_nhwc_f32(made, call.images, height, width, call.first, call.output,
                                                    call.threads);
          }};
}

}  // namespace

Computation convolution(const Value& in, const Value& out, const Window& window, std::size_t groups,
                        const std::vector<float>& weight, const std::vector<float>& bias, Lowest lowest) {
  return convolutionOf(in, groups, out.channels / groups, window, weight, bias, lowest, out.pixels() * weight.size());
}

Computation scaleAndOffset(const Value& in, const std::vector<float>& scale, const std::vector<float>& offset,
                           Lowest lowest) {
  // Which has a kernel of its own for this.
  return convolutionOf(in, in.channels, 1, {}, scale, offset, lowest, in.size() * kMultiplications);
}

Computation fullyConnected(std::size_t inputs, const Part& part, std::size_t outputs, const std::vector<float>& weight,
                           const std::vector<float>& bias, Lowest lowest) {
  return {make([&](xnn_operator_t* made) {
            return xnn_create_fully_connected_nc_f32(part.count, outputs, inputs, outputs, weight.data(),
                                                     bias.empty() ? nullptr : bias.data(), lowest, kHighest, kFlags,
                                                     made);
          }),
          weight.size(), [first = part.first](xnn_operator_t made, const Call& call) {
            return xnn_setup_fully_connected_nc_f32(made, call.images, call.first + first, call.output, call.threads);
          }};
}

Computation maxPool(const Value& in, const Window& window) {
  return {make([&](xnn_operator_t* made) {
            return xnn_create_max_pooling2d_nhwc_f32(
                window.top, window.right, window.bottom, window.left, window.height, window.width, window.step_down,
                window.step_right, 1, 1, in.channels, in.channels, in.channels, kNoLowest, kHighest, kFlags, made);
          }),
          in.size() * kMultiplications, [height = in.height, width = in.width](xnn_operator_t made, const Call& call) {
            return xnn_setup_max_pooling2d_nhwc_f32(made, call.images, height, width, call.first, call.output,
                                                    call.threads);
          }};
}

Computation meanPool(const Value& in) {
  return {make([&](xnn_operator_t* made) {
            return xnn_create_global_average_pooling_nwc_f32(in.channels, in.channels, in.channels, kNoLowest, kHighest,
                                                             kFlags, made);
          }),
          in.size() * kMultiplications, [pixels = in.pixels()](xnn_operator_t made, const Call& call) {
            return xnn_setup_global_average_pooling_nwc_f32(made, call.images, pixels, call.first, call.output,
                                                            call.threads);
          }};
}

Computation sum(const Value& both, Lowest lowest) {
  return {make([&](xnn_operator_t* made) { return xnn_create_add_nd_f32(lowest, kHighest, kFlags, made); }),
          both.size() * kMultiplications, [both](xnn_operator_t made, const Call& call) {
            const SidesOfMaps sides = sidesOf(call.images, both);
            return xnn_setup_add_nd_f32(made, sides.size(), sides.data(), sides.size(), sides.data(), call.first,
                                        call.second, call.output, call.threads);
          }};
}

Computation product(const Value& first, const Value& second, Lowest lowest) {
  return {make([&](xnn_operator_t* made) { return xnn_create_multiply_nd_f32(lowest, kHighest, kFlags, made); }),
          first.size() * kMultiplications, [first, second](xnn_operator_t made, const Call& call) {
            const SidesOfMaps of_first = sidesOf(call.images, first);
            const SidesOfMaps of_second = sidesOf(call.images, second);
            return xnn_setup_multiply_nd_f32(made, of_first.size(), of_first.data(), of_second.size(), of_second.data(),
                                             call.first, call.second, call.output, call.threads);
          }};
}

Computation resize(const Value& in, const Value& out) {
  return {make([&](xnn_operator_t* made) {
            return xnn_create_resize_bilinear2d_nhwc_f32(in.channels, in.channels, in.channels, kFlags, made);
          }),
          out.size() * kMultiplications, [in, out](xnn_operator_t made, const Call& call) {
            return xnn_setup_resize_bilinear2d_nhwc_f32(made, call.images, in.height, in.width, out.height, out.width,
                                                        call.first, call.output, call.threads);
          }};
}

Computation copyTo(const Value& in, const Value& out, std::size_t first_channel) {
  return {make([&](xnn_operator_t* made) {
            return xnn_create_copy_nc_x32(in.channels, in.channels, out.channels, kFlags, made);
          }),
          in.size() * kMultiplications, [pixels = in.pixels(), first_channel](xnn_operator_t made, const Call& call) {
            return xnn_setup_copy_nc_x32(made, call.images * pixels, call.first, call.output + first_channel,
                                         call.threads);
          }};
}

Computation rectifier(std::size_t numbers) {
  return byRows(make([&](xnn_operator_t* made) {
                  return xnn_create_clamp_nc_f32(numbers, numbers, numbers, 0, kHighest, kFlags, made);
                }),
                numbers, &xnn_setup_clamp_nc_f32);
}

Computation sigmoid(std::size_t numbers) {
  return byRows(
      make([&](xnn_operator_t* made) { return xnn_create_sigmoid_nc_f32(numbers, numbers, numbers, kFlags, made); }),
      numbers, &xnn_setup_sigmoid_nc_f32);
}

Computation softmax(std::size_t classes) {
  return byRows(
      make([&](xnn_operator_t* made) { return xnn_create_softmax_nc_f32(classes, classes, classes, kFlags, made); }),
      classes, &xnn_setup_softmax_nc_f32);
}

}  // namespace fer::engine::xnnpack
