#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "weights/torch/refusal.hpp"

namespace fer::weights::pickle {

static_assert(std::endian::native == std::endian::little, "pickles store little-endian numbers");

/// The largest pickle that is read: some 25000 tensors.
inline constexpr std::size_t kLargestPickle = std::size_t{4} << 20;

/// Bytes that are read once from front to back. Every member throws TorchRefusal where they end too early.
class ByteReader {
 public:
  explicit ByteReader(std::string_view content) : content_(content) {}

  std::size_t position() const { return position_; }
  std::size_t left() const { return content_.size() - position_; }

  std::string_view take(std::size_t count) {
    if (count > left()) throw damagedTorchFile("its pickle ends within an instruction");
    position_ += count;
    return content_.substr(position_ - count, count);
  }

  /// An integer of T's size.
  template <typename T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  /// What stands before the next line feed, which is read over.
  std::string_view line() {
    const std::size_t end = content_.find('\n', position_);
    if (end == std::string_view::npos) throw damagedTorchFile("its pickle ends within a name");
    const std::string_view text = take(end - position_);
    ++position_;
    return text;
  }

 private:
  std::string_view content_;
  std::size_t position_ = 0;
};

}  // namespace fer::weights::pickle
