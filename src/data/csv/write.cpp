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
  const auto& usages = dataset.columns().usages;
  const bool with_usage = std::any_of(usages.begin(), usages.end(), [](Usage usage) { return usage != Usage::kNone; });
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
    if (with_usage) text.append(",").append(usageName(dataset.usage(row)));
    text += '\n';
    if (text.size() < kBuffer) continue;
    file.write(text);
    text.clear();
  }
  file.write(text);
  file.commit();
}

}  // namespace fer::data
