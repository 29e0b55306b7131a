#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "fer/core/files/files.hpp"

namespace fer::test {

/// Of a safetensors file.
struct Tensors {
  nlohmann::json header;  ///< without the metadata, in which times stand
  std::string bytes;
};

inline Tensors tensorsOf(const std::filesystem::path& file) {
  const std::string content = readFile(file, Fault::kData);
  std::uint64_t length = 0;
  std::memcpy(&length, content.data(), sizeof length);
  Tensors tensors{nlohmann::json::parse(content.substr(sizeof length, length)), content.substr(sizeof length + length)};
  tensors.header.erase("__metadata__");
  return tensors;
}

/// Weights, moments, early stopping's weights and every row of metrics.csv, bit for bit.
inline void expectSameRun(const std::filesystem::path& a, const std::filesystem::path& b) {
  for (const char* name : {"best", "last", "final"}) {
    const std::filesystem::path file = std::filesystem::path("checkpoints") / (std::string(name) + ".safetensors");
    const Tensors first = tensorsOf(a / file);
    const Tensors second = tensorsOf(b / file);
    EXPECT_EQ(first.header, second.header) << name;
    EXPECT_TRUE(first.bytes == second.bytes) << name;  // too large to be printed
  }
  EXPECT_EQ(readFile(a / "metrics.csv", Fault::kData), readFile(b / "metrics.csv", Fault::kData));
}

/// Half a minute at most.
inline void waitFor(const std::filesystem::path& file) {
  for (int i = 0; i < 3000 && !std::filesystem::exists(file); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

}  // namespace fer::test
