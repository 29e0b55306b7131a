#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace fer::test {

inline std::string fileText(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Compares with tests/fixtures/NAME to the byte. Where they differ, what was found is left in a temporary file, to be
/// looked at and, if it is right, copied over the fixture.
inline void expectGolden(const std::string& found, const std::string& name) {
  const std::filesystem::path golden = std::filesystem::path(FER_FIXTURES) / name;
  if (std::filesystem::exists(golden) && fileText(golden) == found) return;
  const auto left = std::filesystem::path(testing::TempDir()) / ("found_" + golden.filename().string());
  std::ofstream(left, std::ios::binary) << found;
  ADD_FAILURE() << "differs from " << golden << "; if it is right: cp " << left << " " << golden;
}

}  // namespace fer::test
