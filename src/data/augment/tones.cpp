#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "data/augment/kernels.hpp"
#include "fer/core/multiversion.hpp"

namespace fer::data::kernels {
namespace {

constexpr std::size_t kLevels = 256;

FER_MULTIVERSION std::int32_t sumOfLevels(std::span<const float> values) {
  std::int32_t sum = 0;
  for (const float value : values) sum += static_cast<std::int32_t>(value);
  return sum;
}

/// log2(level / 255); of black, a number whose power is black.
std::array<double, kLevels> logsOfShares() {
  std::array<double, kLevels> logs{};
  for (std::size_t level = 1; level < kLevels; ++level) logs[level] = std::log2(static_cast<double>(level) / 255.0);
  logs[0] = -1e12;
  return logs;
}

/// The exponential series from a term on, written out, since the compiler does not vectorise over a loop in a loop.
template <int kTerm>
inline double exponential(double x) {
  constexpr int kDegree = 11;
  if constexpr (kTerm == kDegree)
    return 1 + x * (1.0 / kDegree);
  else
    return 1 + x * (1.0 / kTerm) * exponential<kTerm + 1>(x);
}

/// 255 * 2^(exponent * log) to float's precision, in a form that vectorises where std::pow does not: 2^whole by its
/// bits, 2^fraction by its series up to the eleventh power of at most 0.35.
FER_MULTIVERSION void powers(const std::array<double, kLevels>& logs, double exponent, float* table) {
  constexpr double kLog2 = 0.69314718055994530942;
  constexpr double kRounding = 6755399441055744.0;  // 1.5 * 2^52: what is added to it is rounded to a whole number
  constexpr std::int64_t kBias = 1023;
  constexpr unsigned kMantissa = 52;
  for (std::size_t level = 0; level < kLevels; ++level) {
    const double power = exponent * logs[level];
    const double shifted = power + kRounding;
    const double fraction = (power - (shifted - kRounding)) * kLog2;
    const std::int64_t whole = std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(kRounding);
    const std::int64_t biased = std::max<std::int64_t>(whole + kBias, 0);  // at 0 the bits are those of zero
    const auto scale = std::bit_cast<double>(static_cast<std::uint64_t>(biased) << kMantissa);
    table[level] = static_cast<float>(exponential<1>(fraction) * scale * 255.0);
  }
}

/// Not in several versions: processors' instructions for many look-ups at once were slower (measured on an EPYC).
/// Levels between two of the table's lie between their values: a small difference before stays a small one after.
void lookUp(std::span<float> values, const float* table) {
  for (float& value : values) {
    const auto level = static_cast<std::int32_t>(value);
    const float first = table[level];
    value = first + (table[level + 1] - first) * (value - static_cast<float>(level));
  }
}

}  // namespace

float meanLevel(std::span<const float> values) {
  constexpr std::size_t kPiece = 1 << 20;  // whose sum an int holds
  double sum = 0;
  for (std::size_t begin = 0; begin < values.size(); begin += kPiece)
    sum += sumOfLevels(values.subspan(begin, std::min(kPiece, values.size() - begin)));
  return static_cast<float>(sum / static_cast<double>(values.size()));
}

FER_MULTIVERSION void spread(std::span<float> values, float mean, float factor) {
  for (float& value : values) value = std::min(std::max((value - mean) * factor + mean, 0.0F), 255.0F);
}

void gamma(std::span<float> values, double exponent) {
  static const std::array<double, kLevels> kShares = logsOfShares();
  std::array<float, kLevels + 1> table;
  powers(kShares, exponent, table.data());
  table[kLevels] = table[kLevels - 1];
  lookUp(values, table.data());
}

void fill(std::span<float> values, ImageShape shape, Box box, float level) {
  const auto width = static_cast<std::size_t>(shape.width);
  const std::size_t plane = width * static_cast<std::size_t>(shape.height);
  for (std::size_t start = 0; start < values.size(); start += plane)
    for (int r = box.top; r < box.top + box.height; ++r)
      std::fill_n(&values[start + static_cast<std::size_t>(r) * width + static_cast<std::size_t>(box.left)], box.width,
                  level);
}

}  // namespace fer::data::kernels
