#include "data/folder/classes.hpp"

#include <algorithm>
#include <set>

#include "fer/core/text/joined.hpp"
#include "fer/core/text/letters.hpp"
#include "fer/data/labels.hpp"

namespace fer::data::folder {
namespace {

using Names = std::vector<std::string>;

std::set<std::string> inLowerCase(const Names& names) {
  std::set<std::string> lower;
  for (const std::string& name : names) lower.insert(lowerCase(name));
  return lower;
}

bool sameNames(const Names& folders, const Names& wanted) {
  const std::set<std::string> lower = inLowerCase(wanted);
  return lower.size() == wanted.size() && inLowerCase(folders) == lower;
}

Classes named(const Names& folders, const Names& names) {
  Classes classes{names, {}};
  for (const std::string& folder : folders) {
    auto found = std::find(names.begin(), names.end(), folder);
    if (found == names.end())
      found = std::find_if(names.begin(), names.end(),
                           [&](const std::string& name) { return sameInAnyCase(name, folder); });
    classes.of_folder.push_back(static_cast<std::uint8_t>(found - names.begin()));
  }
  return classes;
}

/// The names of the first list that the second lacks.
std::string lacking(const Names& names, const Names& others) {
  const std::set<std::string> lower = inLowerCase(others);
  Names left;
  for (const std::string& name : names)
    if (!lower.contains(lowerCase(name))) left.push_back(name);
  return joined(left);
}

}  // namespace

Classes classesOf(const Names& folders, const Names& wanted) {
  if (sameNames(folders, wanted)) return named(folders, wanted);
  if (sameNames(folders, fer2013Classes())) return named(folders, fer2013Classes());
  return named(folders, folders);
}

std::string difference(const Names& folders, const Names& wanted) {
  if (sameNames(folders, wanted)) return "";
  const std::string missing = lacking(wanted, folders);
  const std::string extra = lacking(folders, wanted);
  std::string text = missing.empty() ? "" : "no folder for " + missing;
  if (!extra.empty()) text += (text.empty() ? "" : "; ") + std::string("no class for the folder ") + extra;
  return text.empty() ? "names that differ in their case only" : text;
}

}  // namespace fer::data::folder
