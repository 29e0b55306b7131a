#include "data/same_pixels.hpp"

#include <string_view>
#include <unordered_map>

namespace fer::data {

std::vector<std::uint32_t> firstRowsWithSamePixels(const Dataset& dataset) {
  // The map hashes the bytes with the library's hash and then compares them, so that no two images are taken for one.
  std::unordered_map<std::string_view, std::uint32_t> first_rows;
  first_rows.reserve(dataset.size());
  std::vector<std::uint32_t> result(dataset.size());
  for (std::uint32_t row = 0; row < dataset.size(); ++row) {
    const auto image = dataset.pixels(row);
    const std::string_view bytes(reinterpret_cast<const char*>(image.data()), image.size());
    result[row] = first_rows.try_emplace(bytes, row).first->second;
  }
  return result;
}

}  // namespace fer::data
