#include "fer/data/dataset.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "fer/core/hash.hpp"

namespace fer::data {

namespace {

constexpr double kSumRounding = 1e-4;  // of a few floats

void checkTargets(const std::vector<float>& targets, std::size_t rows, std::size_t classes) {
  if (targets.empty()) return;
  if (targets.size() != rows * classes) throw std::invalid_argument("Dataset: the targets differ in length");
  for (auto row = targets.begin(); row != targets.end(); row += static_cast<std::ptrdiff_t>(classes)) {
    const auto end = row + static_cast<std::ptrdiff_t>(classes);
    const double sum = std::accumulate(row, end, 0.0);
    // Written so that NaN does not pass.
    if (!(std::abs(sum - 1) < kSumRounding) || std::any_of(row, end, [](float share) { return share < 0; }))
      throw std::invalid_argument("Dataset: a row of targets is no distribution");
  }
}

/// Moves the entries of the rows listed (ascending) to the front, `width` a row, and forgets the others.
template <class Value>
void keepRows(std::vector<Value>& column, std::span<const std::uint32_t> rows, std::size_t width) {
  if (column.empty()) return;
  const auto at = [&](std::size_t row) { return column.begin() + static_cast<std::ptrdiff_t>(row * width); };
  for (std::size_t to = 0; to < rows.size(); ++to) std::copy_n(at(rows[to]), width, at(to));
  std::fill(at(rows.size()), column.end(), Value{});
  column.resize(rows.size() * width);
}

}  // namespace

Dataset::Dataset(ImageShape shape, std::vector<std::string> classes, DatasetColumns columns,
                 std::vector<std::string> parts)
    : shape_(shape), classes_(std::move(classes)), parts_(std::move(parts)), columns_(std::move(columns)) {
  const std::size_t rows = columns_.labels.size();
  if (columns_.parts.size() != rows || columns_.row_ids.size() != rows ||
      columns_.pixels.size() != rows * shape_.size())
    throw std::invalid_argument("Dataset: the columns differ in length");
  for (const std::uint8_t label : columns_.labels)
    if (label >= classes_.size()) throw std::invalid_argument("Dataset: a label has no class");
  for (const std::uint8_t part : columns_.parts)
    if (part >= parts_.size()) throw std::invalid_argument("Dataset: a part has no name");
  checkTargets(columns_.targets, rows, classes_.size());
}

std::span<const std::uint8_t> Dataset::pixels(std::size_t row) const {
  if (row >= size())
    throw std::out_of_range("Dataset::pixels: row " + std::to_string(row) + " of " + std::to_string(size()));
  return {columns_.pixels.data() + row * shape_.size(), shape_.size()};
}

std::span<const float> Dataset::target(std::size_t row) const {
  if (row >= size() || !hasTargets())
    throw std::out_of_range("Dataset::target: row " + std::to_string(row) + " of " + std::to_string(size()) +
                            (hasTargets() ? "" : ", without targets"));
  return {columns_.targets.data() + row * classes_.size(), classes_.size()};
}

Dataset Dataset::select(std::span<const std::uint32_t> rows) const {
  DatasetColumns chosen;
  chosen.pixels.reserve(rows.size() * shape_.size());
  for (const std::uint32_t row : rows) {
    const auto image = pixels(row);
    chosen.pixels.insert(chosen.pixels.end(), image.begin(), image.end());
    chosen.labels.push_back(columns_.labels[row]);
    chosen.parts.push_back(columns_.parts[row]);
    chosen.row_ids.push_back(columns_.row_ids[row]);
    if (!hasTargets()) continue;
    const auto shares = target(row);
    chosen.targets.insert(chosen.targets.end(), shares.begin(), shares.end());
  }
  return {shape_, classes_, std::move(chosen), parts_};
}

Dataset Dataset::compacted(std::span<const std::uint32_t> rows) && {
  if (std::adjacent_find(rows.begin(), rows.end(), [](auto a, auto b) { return a >= b; }) != rows.end() ||
      (!rows.empty() && rows.back() >= size()))
    throw std::invalid_argument("Dataset::compacted: rows must be ascending and within the dataset");
  keepRows(columns_.pixels, rows, shape_.size());
  keepRows(columns_.labels, rows, 1);
  keepRows(columns_.parts, rows, 1);
  keepRows(columns_.row_ids, rows, 1);
  keepRows(columns_.targets, rows, classes_.size());
  return std::move(*this);
}

Role roleOf(std::string_view part) {
  if (part == "Training" || part == "train") return Role::kTrain;
  if (part == "validation") return Role::kValidate;
  if (part == "PublicTest" || part == "PrivateTest" || part == "test") return Role::kTest;
  return Role::kNothing;
}

std::vector<std::size_t> classCounts(const Dataset& dataset, std::span<const std::uint32_t> rows) {
  std::vector<std::size_t> counts(dataset.classes().size());
  for (const std::uint32_t row : rows) ++counts[static_cast<std::size_t>(dataset.label(row))];
  return counts;
}

std::string dataHash(const Dataset& dataset) {
  const ImageShape shape = dataset.shape();
  std::string head = "fer-dataset-1\n" + std::to_string(dataset.size()) + "x" + std::to_string(shape.channels) + "x" +
                     std::to_string(shape.height) + "x" + std::to_string(shape.width) + "\n";
  for (const std::string& name : dataset.classes()) head += name + "\n";
  if (dataset.parts() != fer2013Parts())
    for (const std::string& name : dataset.parts()) head += "part " + name + "\n";
  const DatasetColumns& columns = dataset.columns();
  Sha256 hash;
  hash.add(head);
  hash.add(columns.pixels.data(), columns.pixels.size());
  hash.add(columns.labels.data(), columns.labels.size());
  hash.add(columns.parts.data(), columns.parts.size());
  if (dataset.hasTargets()) {
    hash.add("targets\n");
    hash.add(columns.targets.data(), columns.targets.size() * sizeof(float));
  }
  return hash.hex();
}

}  // namespace fer::data
