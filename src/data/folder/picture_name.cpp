#include <algorithm>
#include <array>
#include <string_view>

#include "fer/core/text/letters.hpp"
#include "fer/data/folder/picture_reader.hpp"

namespace fer::data {

bool isPictureName(const std::filesystem::path& file) {
  constexpr std::array<std::string_view, 5> kEndings = {".jpg", ".jpeg", ".png", ".bmp", ".webp"};
  return std::find(kEndings.begin(), kEndings.end(), lowerCase(file.extension().string())) != kEndings.end();
}

}  // namespace fer::data
