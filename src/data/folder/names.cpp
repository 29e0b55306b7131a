#include "data/folder/names.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace fer::data::folder {
namespace {

std::string_view nameOf(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

bool agree(std::uint8_t folder_part, std::uint8_t named) {
  if (folder_part == kNoPart) return true;
  if (named == kTraining) return folder_part == kTraining;
  // PublicTest lies in test/ of the usual edition, in validation/ of others.
  return folder_part == kPrivateTest || (named == kPublicTest && folder_part == kPublicTest);
}

bool namesTellParts(const std::vector<Picture>& pictures) {
  return std::all_of(pictures.begin(), pictures.end(), [](const Picture& picture) {
    const auto named = fer2013PartOf(picture.path);
    return named && agree(picture.part, *named);
  });
}

/// Whether the numbers are those of the rows of one dataset.
bool numbersAreRows(const std::vector<Picture>& pictures) {
  std::vector<bool> seen(pictures.size());
  for (const Picture& picture : pictures) {
    const auto number = numberOf(picture.path);
    if (!number || *number >= seen.size() || seen[*number]) return false;
    seen[*number] = true;
  }
  return true;
}

}  // namespace

std::optional<std::uint64_t> numberOf(std::string_view path) {
  constexpr std::size_t kMostDigits = 18;
  std::string_view name = nameOf(path);
  name = name.substr(0, name.rfind('.'));
  const std::string_view digits = name.substr(name.rfind('_') + 1);
  if (digits.empty() || digits.size() > kMostDigits || digits.size() == name.size()) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

std::optional<std::uint8_t> fer2013PartOf(std::string_view path) {
  const std::string_view name = nameOf(path);
  for (const std::uint8_t part : {kTraining, kPublicTest, kPrivateTest})
    if (name.starts_with(fer2013Parts()[part] + "_")) return part;
  return std::nullopt;
}

std::vector<std::string> putInOrder(Tree& tree) {
  std::vector<Picture>& pictures = tree.pictures;
  const bool told = namesTellParts(pictures);
  if (told)
    for (Picture& picture : pictures) picture.part = *fer2013PartOf(picture.path);
  if (numbersAreRows(pictures)) {
    std::vector<Picture> rows(pictures.size());
    for (Picture& picture : pictures) rows[*numberOf(picture.path)] = std::move(picture);
    pictures = std::move(rows);
  } else if (told) {
    std::stable_sort(pictures.begin(), pictures.end(), [](const Picture& a, const Picture& b) {
      return std::tuple(a.part, numberOf(a.path)) < std::tuple(b.part, numberOf(b.path));
    });
  }
  // A dataset without parts is the same in every edition: that of a CSV without Usage.
  return told || !tree.has_parts ? fer2013Parts() : ownParts();
}

}  // namespace fer::data::folder
