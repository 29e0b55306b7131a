#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "data/csv/stream.hpp"
#include "fer/core/error.hpp"

namespace fer::tests {

/// A text in memory as a source of bytes.
inline data::csv::ByteSource sourceOf(std::string text) {
  auto rest = std::make_shared<std::pair<std::string, std::size_t>>(std::move(text), 0);
  return [rest](std::span<char> room) {
    const std::size_t count = rest->first.copy(room.data(), room.size(), rest->second);
    rest->second += count;
    return count;
  };
}

inline data::Dataset readText(const std::string& text, const data::CsvFormat& format,
                              const data::csv::StreamOptions& options = {}) {
  return data::csv::readFerCsv(sourceOf(text), "x.csv", format, options);
}

/// The message of the Error (bad data) that reading ends with; "" if it does not.
inline std::string errorOf(const std::string& text, const data::CsvFormat& format,
                           const data::csv::StreamOptions& options = {}) {
  try {
    readText(text, format, options);
  } catch (const Error& error) {
    return error.fault() == Fault::kData ? error.what() : "not a data error: " + std::string(error.what());
  }
  return "";
}

}  // namespace fer::tests
