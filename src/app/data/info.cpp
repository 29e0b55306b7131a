#include "fer/app/dataset.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <iostream>

#include "app/data/class_table.hpp"
#include "app/data/look.hpp"
#include "fer/core/hash.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::app {
namespace {

using data::Dataset;

std::string pixelStatistics(const Dataset& dataset) {
  std::array<std::uint64_t, 256> rows{};
  for (const std::uint8_t value : dataset.columns().pixels) ++rows[value];
  double count = 0;
  double sum = 0;
  double squares = 0;
  int low = -1;
  int high = -1;
  for (int value = 0; value < 256; ++value) {
    const auto times = static_cast<double>(rows[static_cast<std::size_t>(value)]);
    if (times > 0 && low < 0) low = value;
    if (times > 0) high = value;
    count += times;
    sum += times * value;
    squares += times * value * value;
  }
  if (count == 0) return "none";
  const double mean = sum / count;
  return "min " + std::to_string(low) + ", max " + std::to_string(high) + ", mean " + fixed(mean, 3) + ", std " +
         fixed(std::sqrt(std::max(0.0, squares / count - mean * mean)), 3);
}

/// A pipe has been read by now and cannot be hashed.
std::string fileHash(const std::filesystem::path& path) {
  return std::filesystem::is_regular_file(path) ? fileSha256(path) : "none: no regular file";
}

std::string emptyRows(const Dataset& dataset) {
  const std::size_t count = dataset.columns().empty_rows;
  return count == 0 ? "" : ", and " + std::to_string(count) + " of commas alone, skipped";
}

/// Rows of each class in each part that occurs.
void printClasses(const Dataset& dataset) {
  std::vector<std::vector<std::uint32_t>> parts(dataset.parts().size());
  for (std::uint32_t row = 0; row < dataset.size(); ++row) parts[dataset.part(row)].push_back(row);
  std::vector<ClassCounts> columns;
  for (std::size_t part = 0; part < parts.size(); ++part)
    if (!parts[part].empty()) columns.push_back({partText(dataset, part), data::classCounts(dataset, parts[part])});
  printClassTable(dataset.classes(), columns);
}

void printFolds(const Dataset& dataset, const std::vector<std::vector<std::uint32_t>>& folds,
                std::uint32_t split_seed) {
  std::vector<ClassCounts> columns;
  columns.reserve(folds.size());
  for (const std::vector<std::uint32_t>& fold : folds)
    columns.push_back({"fold " + std::to_string(columns.size()), data::classCounts(dataset, fold)});
  std::cout << "\nfolds of data.protocol=kfold, data.split_seed=" << split_seed << "\n";
  printClassTable(dataset.classes(), columns);
}

}  // namespace

void showDataset(const std::filesystem::path& file, const data::DataOptions& options) {
  const data::LoadedData loaded = loadToLookAt(file, options);
  const Dataset& dataset = loaded.dataset;
  const auto folds = foldsToLookAt(dataset, options);
  const ImageShape shape = dataset.shape();
  std::cout << (std::filesystem::is_directory(file) ? "folder        " : "file          ") << file.string() << "\n"
            << "rows          " << dataset.size() << emptyRows(dataset) << "\n"
            << "images        " << shape.height << " x " << shape.width << " (height x width), "
            << (shape.channels == 1 ? "grey" : "red-green-blue") << "\n"
            << "pixels        " << pixelStatistics(dataset) << "\n"
            << "data hash     " << dataHash(dataset) << "\n";
  if (!std::filesystem::is_directory(file)) std::cout << "file SHA-256  " << fileHash(file) << "\n";
  std::cout << "\n";
  printClasses(dataset);
  if (!folds.empty()) printFolds(dataset, folds, options.split_seed);
  if (!loaded.notes.empty()) std::cout << "\n";
  for (const std::string& note : loaded.notes) std::cout << note << "\n";
}

}  // namespace fer::app
