#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "fer/core/image_shape.hpp"

namespace fer::data {

/// The part of FER-2013 that a row belongs to; kNone where the file has no Usage column.
enum class Usage : std::uint8_t { kTraining = 0, kPublicTest = 1, kPrivateTest = 2, kNone = 3 };

/// "Training", "PublicTest", "PrivateTest" or "".
const char* usageName(Usage usage);

/// The columns of a dataset, one entry a row; `pixels` holds shape.size() bytes a row.
struct DatasetColumns {
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;  ///< index into the classes
  std::vector<Usage> usages;
  std::vector<std::uint32_t> row_ids;  ///< 0-based number of the row in its file
  std::size_t empty_rows = 0;          ///< of the file: rows of commas alone, which no number counts
};

/// Images of one size in one block, a label and a usage to each. Immutable once made; any number of threads may read
/// it.
class Dataset {
 public:
  Dataset() = default;
  /// Throws std::invalid_argument where columns differ in length, or a label has no class.
  Dataset(ImageShape shape, std::vector<std::string> classes, DatasetColumns columns);

  std::size_t size() const { return columns_.labels.size(); }
  ImageShape shape() const { return shape_; }
  const std::vector<std::string>& classes() const { return classes_; }

  std::span<const std::uint8_t> pixels(std::size_t row) const;  ///< C x H x W, 0..255; throws std::out_of_range
  int label(std::size_t row) const { return columns_.labels.at(row); }
  Usage usage(std::size_t row) const { return columns_.usages.at(row); }
  std::uint32_t rowId(std::size_t row) const { return columns_.row_ids.at(row); }
  const DatasetColumns& columns() const { return columns_; }

  /// The rows listed, in the order listed.
  Dataset select(std::span<const std::uint32_t> rows) const;

  /// The rows listed (ascending, no repeats) moved to the front of the same block; the others' pixels are overwritten,
  /// so that they are gone from memory. Throws std::invalid_argument where the list is not ascending.
  Dataset compacted(std::span<const std::uint32_t> rows) &&;

 private:
  ImageShape shape_;
  std::vector<std::string> classes_;
  DatasetColumns columns_;
};

/// SHA-256 over shape, class names, decoded pixels, labels and usages in row order: equal for the same images whatever
/// file they came from.
std::string dataHash(const Dataset& dataset);

}  // namespace fer::data
