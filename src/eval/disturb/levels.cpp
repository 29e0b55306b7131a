// Disturbances that change each pixel by itself.
#include <array>
#include <cmath>
#include <numeric>

#include "eval/disturb/grey.hpp"
#include "fer/core/random.hpp"
#include "fer/eval/disturb/disturb.hpp"

namespace fer::eval {
namespace {

/// Streams of one row: what they are for is the part.
enum class Part : std::uint32_t { kNoise = 0, kOcclusion = 1 };

RandomStream streamOf(const Face& face, Part part) {
  return {0, Purpose::kDisturb, 0, face.row, static_cast<std::uint32_t>(part)};
}

template <class Function>
Pixels eachLevel(const Face& face, Function function) {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t level = 0; level < table.size(); ++level) table[level] = grey(function(static_cast<double>(level)));
  Pixels result;
  result.reserve(face.pixels.size());
  for (const std::uint8_t level : face.pixels) result.push_back(table[level]);
  return result;
}

}  // namespace

Pixels withBrightness(const Face& face, double added) {
  return eachLevel(face, [=](double level) { return level + added; });
}

Pixels withContrast(const Face& face, double factor) {
  const double mean =
      std::accumulate(face.pixels.begin(), face.pixels.end(), 0.0) / static_cast<double>(face.pixels.size());
  return eachLevel(face, [=](double level) { return mean + factor * (level - mean); });
}

Pixels withGamma(const Face& face, double gamma) {
  constexpr double kWhite = 255;
  return eachLevel(face, [=](double level) { return kWhite * std::pow(level / kWhite, gamma); });
}

Pixels withNoise(const Face& face, double sigma) {
  RandomStream stream = streamOf(face, Part::kNoise);
  Pixels result;
  result.reserve(face.pixels.size());
  for (const std::uint8_t level : face.pixels) result.push_back(grey(level + sigma * stream.normal()));
  return result;
}

Pixels occluded(const Face& face, double share) {
  const double side = std::sqrt(share);
  const auto height = static_cast<std::size_t>(std::lround(side * face.shape.height));
  const auto width = static_cast<std::size_t>(std::lround(side * face.shape.width));
  // The same two draws at every level: the box grows about the same part of the face.
  RandomStream stream = streamOf(face, Part::kOcclusion);
  const auto place = [&stream](int length, std::size_t part) {
    const auto free = static_cast<double>(static_cast<std::size_t>(length) - part);
    return static_cast<std::size_t>(std::lround(static_cast<double>(stream.uniform()) * free));
  };
  const std::size_t top = place(face.shape.height, height);
  const std::size_t left = place(face.shape.width, width);
  Pixels result(face.pixels.begin(), face.pixels.end());
  const auto columns = static_cast<std::size_t>(face.shape.width);
  const auto rows = static_cast<std::size_t>(face.shape.height);
  for (std::size_t plane = 0; plane < result.size(); plane += rows * columns)
    for (std::size_t row = top; row < top + height; ++row) {
      const auto first = result.begin() + static_cast<std::ptrdiff_t>(plane + row * columns + left);
      std::fill(first, first + static_cast<std::ptrdiff_t>(width), std::uint8_t{0});
    }
  return result;
}

}  // namespace fer::eval
