#include "fer/core/random.hpp"

#include <cmath>
#include <numbers>

namespace fer {
namespace {

std::uint32_t high(std::uint64_t product) {
  return static_cast<std::uint32_t>(product >> 32);
}
std::uint32_t low(std::uint64_t product) {
  return static_cast<std::uint32_t>(product);
}

}  // namespace

PhiloxCounter philox(PhiloxCounter c, PhiloxKey k) {
  constexpr int kRounds = 10;
  for (int round = 0; round < kRounds; ++round) {
    const std::uint64_t a = 0xD2511F53ULL * c[0];
    const std::uint64_t b = 0xCD9E8D57ULL * c[2];
    c = {high(b) ^ c[1] ^ k[0], low(b), high(a) ^ c[3] ^ k[1], low(a)};
    k = {k[0] + 0x9E3779B9U, k[1] + 0xBB67AE85U};
  }
  return c;
}

RandomStream::RandomStream(std::uint32_t seed, Purpose purpose, std::uint32_t epoch, std::uint32_t item,
                           std::uint32_t part)
    : key_{seed, static_cast<std::uint32_t>(purpose)}, counter_{0, item, epoch, part} {}

std::uint32_t RandomStream::bits() {
  if (used_ == block_.size()) {
    block_ = philox(counter_, key_);
    ++counter_[0];
    used_ = 0;
  }
  return block_[used_++];
}

float RandomStream::uniform() {
  return static_cast<float>(bits() >> 8) * 0x1p-24F;
}

double RandomStream::uniform(double low, double high) {
  return low + (high - low) * static_cast<double>(uniform());
}

std::uint32_t RandomStream::below(std::uint32_t bound) {
  // The lowest 2^32 mod bound values are refused, so that every remainder is equally likely.
  const std::uint32_t refused = (0U - bound) % bound;
  std::uint32_t value = bits();
  while (value < refused) value = bits();
  return value % bound;
}

double RandomStream::normal() {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - static_cast<double>(uniform())));
  return radius * std::cos(2.0 * std::numbers::pi * static_cast<double>(uniform()));
}

}  // namespace fer
