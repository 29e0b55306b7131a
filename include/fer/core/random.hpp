#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>

namespace fer {

/// What a stream of random numbers is for. Two purposes never share numbers. The values are part of the format of a
/// run: changing one changes every result, so append only.
enum class Purpose : std::uint32_t {
  kSplit = 1,             ///< which rows train and which validate
  kShuffle = 2,           ///< order of the rows in an epoch
  kInit = 3,              ///< initial weights
  kAugment = 4,           ///< one image's augmentation
  kDropout = 5,           ///< which activations are dropped
  kSynth = 6,             ///< drawn faces
  kBootstrap = 7,         ///< which rows a bootstrap draws
  kDisturb = 8,           ///< noise and occlusion of the robustness test
  kExport = 9,            ///< images that an exported model is tried on
  kReconnect = 10,        ///< how long to wait before a stream is opened again
  kMix = 11,              ///< how a batch's images are mixed
  kSweep = 12,            ///< values that a sweep tries
  kStochasticDepth = 13,  ///< which images skip a block
  kWhitening = 14,        ///< which images the first filters are made from
  kDegrade = 15,          ///< blur and noise of training images
};

using PhiloxKey = std::array<std::uint32_t, 2>;
using PhiloxCounter = std::array<std::uint32_t, 4>;

/// Philox4x32-10: 128 random bits that depend on key and counter alone.
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
PhiloxCounter philox(PhiloxCounter counter, PhiloxKey key);

/// Random numbers of one item: key (seed, purpose), counter (index, item, epoch, part). Nothing but these five numbers
/// decides what comes out, so neither threads, batches nor the order of use matter. A value type; one thread at a time.
class RandomStream {
 public:
  RandomStream(std::uint32_t seed, Purpose purpose, std::uint32_t epoch = 0, std::uint32_t item = 0,
               std::uint32_t part = 0);

  std::uint32_t bits();                      ///< 32 random bits
  float uniform();                           ///< [0, 1), a multiple of 2^-24: exact in float
  double uniform(double low, double high);   ///< [low, high)
  std::uint32_t below(std::uint32_t bound);  ///< 0..bound-1 without bias; bound >= 1
  double normal();                           ///< mean 0, deviation 1 (Box-Muller; two draws each)

 private:
  PhiloxKey key_;
  PhiloxCounter counter_;
  PhiloxCounter block_{};
  unsigned used_ = 4;
};

/// Fisher-Yates from the back; ours because std::shuffle differs between libraries.
template <class T>
void shuffle(std::span<T> values, RandomStream& stream) {
  for (std::size_t i = values.size(); i > 1; --i)
    std::swap(values[i - 1], values[stream.below(static_cast<std::uint32_t>(i))]);
}

}  // namespace fer
