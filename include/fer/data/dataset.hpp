#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "fer/core/image_shape.hpp"
#include "fer/data/parts.hpp"

namespace fer::data {

/// The columns of a dataset, one entry a row; `pixels` holds shape.size() bytes a row.
struct DatasetColumns {
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;    ///< index into the classes
  std::vector<std::uint8_t> parts;     ///< index into the names of parts
  std::vector<std::uint32_t> row_ids;  ///< 0-based number of the row in its file
  std::vector<float> targets{};        ///< rows x classes, each row's sum 1; empty: the labels say all
  std::size_t empty_rows = 0;          ///< of the file: rows of commas alone, which no number counts
};

/// Images of one size in one block; to each a label, the part that it belongs to, and where there are any a share of
/// each class as its soft target. Immutable once made; any number of threads may read it.
class Dataset {
 public:
  Dataset() = default;
  /// Throws std::invalid_argument where columns differ in length, a label has no class, a part has no name, or a row of
  /// targets does not sum to 1.
  Dataset(ImageShape shape, std::vector<std::string> classes, DatasetColumns columns,
          std::vector<std::string> parts = fer2013Parts());

  std::size_t size() const { return columns_.labels.size(); }
  ImageShape shape() const { return shape_; }
  const std::vector<std::string>& classes() const { return classes_; }
  const std::vector<std::string>& parts() const { return parts_; }  ///< names; "" is that of no part

  std::span<const std::uint8_t> pixels(std::size_t row) const;  ///< C x H x W, 0..255; throws std::out_of_range
  int label(std::size_t row) const { return columns_.labels.at(row); }
  std::uint8_t part(std::size_t row) const { return columns_.parts.at(row); }  ///< index into parts()
  const std::string& partName(std::size_t row) const { return parts_[part(row)]; }
  bool hasTargets() const { return !columns_.targets.empty(); }
  std::span<const float> target(std::size_t row) const;  ///< needs hasTargets(); throws std::out_of_range
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
  std::vector<std::string> parts_ = fer2013Parts();
  DatasetColumns columns_;
};

/// How many of the rows listed are of each class.
std::vector<std::size_t> classCounts(const Dataset& dataset, std::span<const std::uint32_t> rows);

/// SHA-256 over shape, class names, decoded pixels, labels and parts in row order, the parts' names where they are not
/// FER-2013's, and soft targets where there are any: equal for the same images whatever file they came from.
std::string dataHash(const Dataset& dataset);

}  // namespace fer::data
