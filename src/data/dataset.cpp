#include "fer/data/dataset.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "fer/core/hash.hpp"

namespace fer::data {

const char* usageName(Usage usage) {
  constexpr const char* kNames[] = {"Training", "PublicTest", "PrivateTest", ""};
  return kNames[static_cast<std::size_t>(usage)];
}

Dataset::Dataset(ImageShape shape, std::vector<std::string> classes, DatasetColumns columns)
    : shape_(shape), classes_(std::move(classes)), columns_(std::move(columns)) {
  const std::size_t rows = columns_.labels.size();
  if (columns_.usages.size() != rows || columns_.row_ids.size() != rows ||
      columns_.pixels.size() != rows * shape_.size())
    throw std::invalid_argument("Dataset: the columns differ in length");
  for (const std::uint8_t label : columns_.labels)
    if (label >= classes_.size()) throw std::invalid_argument("Dataset: a label has no class");
}

std::span<const std::uint8_t> Dataset::pixels(std::size_t row) const {
  if (row >= size())
    throw std::out_of_range("Dataset::pixels: row " + std::to_string(row) + " of " + std::to_string(size()));
  return {columns_.pixels.data() + row * shape_.size(), shape_.size()};
}

Dataset Dataset::select(std::span<const std::uint32_t> rows) const {
  DatasetColumns chosen;
  chosen.pixels.reserve(rows.size() * shape_.size());
  for (const std::uint32_t row : rows) {
    const auto image = pixels(row);
    chosen.pixels.insert(chosen.pixels.end(), image.begin(), image.end());
    chosen.labels.push_back(columns_.labels[row]);
    chosen.usages.push_back(columns_.usages[row]);
    chosen.row_ids.push_back(columns_.row_ids[row]);
  }
  return {shape_, classes_, std::move(chosen)};
}

Dataset Dataset::compacted(std::span<const std::uint32_t> rows) && {
  const std::size_t bytes = shape_.size();
  if (std::adjacent_find(rows.begin(), rows.end(), [](auto a, auto b) { return a >= b; }) != rows.end() ||
      (!rows.empty() && rows.back() >= size()))
    throw std::invalid_argument("Dataset::compacted: rows must be ascending and within the dataset");
  for (std::size_t to = 0; to < rows.size(); ++to) {
    const std::size_t from = rows[to];
    std::copy_n(columns_.pixels.begin() + static_cast<std::ptrdiff_t>(from * bytes), bytes,
                columns_.pixels.begin() + static_cast<std::ptrdiff_t>(to * bytes));
    columns_.labels[to] = columns_.labels[from];
    columns_.usages[to] = columns_.usages[from];
    columns_.row_ids[to] = columns_.row_ids[from];
  }
  std::fill(columns_.pixels.begin() + static_cast<std::ptrdiff_t>(rows.size() * bytes), columns_.pixels.end(), 0);
  columns_.pixels.resize(rows.size() * bytes);
  columns_.labels.resize(rows.size());
  columns_.usages.resize(rows.size());
  columns_.row_ids.resize(rows.size());
  return std::move(*this);
}

std::string dataHash(const Dataset& dataset) {
  const ImageShape shape = dataset.shape();
  std::string head = "fer-dataset-1\n" + std::to_string(dataset.size()) + "x" + std::to_string(shape.channels) + "x" +
                     std::to_string(shape.height) + "x" + std::to_string(shape.width) + "\n";
  for (const std::string& name : dataset.classes()) head += name + "\n";
  const DatasetColumns& columns = dataset.columns();
  Sha256 hash;
  hash.add(head);
  hash.add(columns.pixels.data(), columns.pixels.size());
  hash.add(columns.labels.data(), columns.labels.size());
  hash.add(columns.usages.data(), columns.usages.size());
  return hash.hex();
}

}  // namespace fer::data
