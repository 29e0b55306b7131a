#include "serve/rows/names.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <stdexcept>

#include "fer/core/error.hpp"

namespace fer::serve {
namespace {

void requireUnique(std::vector<std::string>& names, const std::string& what) {
  std::set<std::string> seen;
  for (std::string& name : names) {
    name = oneLine(name);
    if (name.empty()) throw usageError("a " + what + " has no name. Give it one.");
    if (!seen.insert(name).second)
      throw usageError(name + ": the name of more than one " + what + ", whose rows could not be told apart.");
  }
}

}  // namespace

std::string oneLine(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char byte) { return std::iscntrl(static_cast<unsigned char>(byte)) != 0; }, ' ');
  return line;
}

ResultSource checkedNames(ResultSource source) {
  if (source.sources.empty()) throw std::invalid_argument("results of no source");
  if (source.classes.empty()) throw std::invalid_argument("results of no class");
  requireUnique(source.sources, "source");
  requireUnique(source.classes, "class");
  return source;
}

void requireFits(const FrameResult& result, const ResultSource& source) {
  const std::size_t classes = source.classes.size();
  if (result.source >= source.sources.size()) throw std::invalid_argument("a result of an unknown source");
  for (const FaceResult& face : result.faces) {
    const bool sizes = (face.probabilities.empty() || face.probabilities.size() == classes) &&
                       (face.smoothed.empty() || face.smoothed.size() == classes);
    const bool label = face.label < static_cast<int>(classes) && (face.label >= 0) == !face.smoothed.empty();
    if (face.track < 1 || face.box.empty() || !sizes || !label) throw std::invalid_argument("a face that is none");
  }
}

}  // namespace fer::serve
