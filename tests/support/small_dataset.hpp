#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fer/data/dataset.hpp"

namespace fer::test {

constexpr std::uint8_t kTrain = data::kTraining;
constexpr std::uint8_t kPublic = data::kPublicTest;
constexpr std::uint8_t kPrivate = data::kPrivateTest;

/// A row of a dataset made by hand; the bytes of `image` are its pixels.
struct SmallRow {
  std::string_view image;
  int label;
  std::uint8_t part;
};

/// A dataset of grey images one pixel high, all as wide as the first.
inline data::Dataset smallDataset(std::vector<std::string> classes, const std::vector<SmallRow>& rows) {
  data::DatasetColumns columns;
  for (const SmallRow& row : rows) {
    columns.row_ids.push_back(static_cast<std::uint32_t>(columns.labels.size()));
    columns.pixels.insert(columns.pixels.end(), row.image.begin(), row.image.end());
    columns.labels.push_back(static_cast<std::uint8_t>(row.label));
    columns.parts.push_back(row.part);
  }
  const int width = rows.empty() ? 1 : static_cast<int>(rows.front().image.size());
  return {{1, 1, width}, std::move(classes), std::move(columns)};
}

}  // namespace fer::test
