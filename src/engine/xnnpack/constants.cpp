#include "engine/xnnpack/constants.hpp"

#include <cmath>
#include <cstring>

#include "fer/core/error.hpp"

namespace fer::engine::xnnpack {
namespace {

std::string textOf(const Shape& shape) {
  std::string text;
  for (const std::int64_t side : shape) text += (text.empty() ? "" : " x ") + std::to_string(side);
  return text.empty() ? "no sides" : text;
}

/// Whether so many bytes are the numbers of a shape, however large its sides.
bool isSizeOf(const Shape& shape, std::size_t bytes) {
  std::size_t numbers = bytes / sizeof(float);
  if (bytes % sizeof(float) != 0 || numbers == 0) return false;
  for (const std::int64_t side : shape) {
    if (side <= 0 || numbers % static_cast<std::size_t>(side) != 0) return false;
    numbers /= static_cast<std::size_t>(side);
  }
  return numbers == 1;
}

}  // namespace

std::vector<float> floatsOf(const weights::OnnxTensor& tensor, const Shape& shape) {
  if (tensor.type != weights::OnnxTensor::Type::kFloat32) throw dataError("a tensor that is not float32");
  if (tensor.shape != shape || !isSizeOf(shape, tensor.bytes.size()))
    throw dataError("a tensor of " + textOf(tensor.shape) + " in " + std::to_string(tensor.bytes.size()) +
                    " bytes where " + textOf(shape) + " is needed");
  std::vector<float> numbers(tensor.bytes.size() / sizeof(float));
  std::memcpy(numbers.data(), tensor.bytes.data(), tensor.bytes.size());
  return numbers;
}

std::vector<float> pixelAfterPixel(const std::vector<float>& rows, std::size_t channels, std::size_t pixels) {
  if (channels == 1 || pixels == 1) return rows;
  std::vector<float> turned(rows.size());
  const std::size_t row = channels * pixels;
  for (std::size_t begin = 0; begin < rows.size(); begin += row)
    for (std::size_t channel = 0; channel < channels; ++channel)
      for (std::size_t pixel = 0; pixel < pixels; ++pixel)
        turned[begin + pixel * channels + channel] = rows[begin + channel * pixels + pixel];
  return turned;
}

std::vector<float> columnsOf(const std::vector<float>& rows, std::size_t row, std::size_t first, std::size_t count) {
  std::vector<float> columns;
  columns.reserve(rows.size() / row * count);
  for (auto begin = rows.begin(); begin != rows.end(); begin += static_cast<std::ptrdiff_t>(row)) {
    const auto from = begin + static_cast<std::ptrdiff_t>(first);
    columns.insert(columns.end(), from, from + static_cast<std::ptrdiff_t>(count));
  }
  return columns;
}

ScaleAndOffset normOf(const std::vector<float>& weight, const std::vector<float>& bias, const std::vector<float>& mean,
                      const std::vector<float>& variance, float epsilon) {
  ScaleAndOffset norm;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    const double scale = weight[i] / std::sqrt(static_cast<double>(variance[i]) + epsilon);
    norm.scale.push_back(static_cast<float>(scale));
    norm.offset.push_back(static_cast<float>(bias[i] - mean[i] * scale));
  }
  return norm;
}

}  // namespace fer::engine::xnnpack
