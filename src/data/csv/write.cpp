#include <algorithm>
#include <array>
#include <string>

#include "fer/core/files/files.hpp"
#include "fer/data/csv/fer_csv.hpp"

namespace fer::data {
namespace {

constexpr std::size_t kGreyLevels = 256;

/// "0" to "255".
std::array<std::string, kGreyLevels> numbers() {
  std::array<std::string, kGreyLevels> result;
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = std::to_string(i);
  return result;
}

}  // namespace

void writeFerCsv(const Dataset& dataset, const std::filesystem::path& path) {
  constexpr std::size_t kBuffer = 1 << 20;
  const auto number = numbers();
  const auto& parts = dataset.columns().parts;
  const bool with_usage =
      std::any_of(parts.begin(), parts.end(), [&](std::uint8_t part) { return !dataset.parts()[part].empty(); });
  AtomicFile file(path);
  std::string text = with_usage ? "emotion,pixels,Usage\n" : "emotion,pixels\n";
  for (std::size_t row = 0; row < dataset.size(); ++row) {
    text += number[static_cast<std::size_t>(dataset.label(row))];
    char before = ',';
    for (const std::uint8_t pixel : dataset.pixels(row)) {
      text += before;
      text += number[pixel];
      before = ' ';
    }
    if (with_usage) text.append(",").append(dataset.partName(row));
    text += '\n';
    if (text.size() < kBuffer) continue;
    file.write(text);
    text.clear();
  }
  file.write(text);
  file.commit();
}

}  // namespace fer::data
