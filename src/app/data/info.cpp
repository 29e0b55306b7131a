#include "fer/app/dataset.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <iomanip>
#include <iostream>

#include "app/data/look.hpp"
#include "fer/core/hash.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/data/audit.hpp"

namespace fer::app {
namespace {

using data::Dataset;

using Counts = std::vector<std::size_t>;  // a part each

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
  const std::size_t parts = dataset.parts().size();
  std::vector<Counts> classes(dataset.classes().size(), Counts(parts));
  Counts all(parts);
  for (std::size_t row = 0; row < dataset.size(); ++row) {
    ++classes[static_cast<std::size_t>(dataset.label(row))][dataset.part(row)];
    ++all[dataset.part(row)];
  }
  std::size_t width = std::string("class").size();
  for (const std::string& name : dataset.classes()) width = std::max(width, name.size());

  const auto line = [&](const std::string& label, const std::string& name, auto cell, const std::string& sum,
                        const std::string& share) {
    std::cout << std::right << std::setw(5) << label << "  " << std::left << std::setw(static_cast<int>(width)) << name;
    for (std::size_t part = 0; part < parts; ++part)
      if (all[part] > 0) std::cout << std::right << std::setw(13) << cell(part);
    std::cout << std::right << std::setw(9) << sum << std::setw(9) << share << "\n";
  };
  const auto countsLine = [&](const std::string& label, const std::string& name, const Counts& counts) {
    std::size_t sum = 0;
    for (const std::size_t count : counts) sum += count;
    const double share =
        dataset.size() == 0 ? 0 : 100.0 * static_cast<double>(sum) / static_cast<double>(dataset.size());
    line(
        label, name, [&](std::size_t part) { return std::to_string(counts[part]); }, std::to_string(sum),
        fixed(share, 1) + " %");
  };
  line(
      "label", "class", [&](std::size_t part) { return partText(dataset, part); }, "all", "share");
  for (std::size_t i = 0; i < classes.size(); ++i) countsLine(std::to_string(i), dataset.classes()[i], classes[i]);
  countsLine("", "all", all);
}

}  // namespace

void showDataset(const std::filesystem::path& file, const data::DataOptions& options) {
  const data::LoadedData loaded = loadToLookAt(file, options);
  const Dataset& dataset = loaded.dataset;
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
  if (!loaded.notes.empty()) std::cout << "\n";
  for (const std::string& note : loaded.notes) std::cout << note << "\n";
}

}  // namespace fer::app
