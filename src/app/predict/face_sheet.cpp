#include "app/predict/face_sheet.hpp"

#include <algorithm>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/report/picture/sheet.hpp"

namespace fer::app {
namespace {

constexpr std::size_t kColumns = 12;
constexpr std::size_t kMostOfAPart = 2 * kColumns;
constexpr std::size_t kMostParts = 50;  // of a collection with a folder a person, say

std::string nameOf(const PredictInput& input) {
  if (input.isCsv()) return input.file.filename().string();
  const std::filesystem::path folder = input.file.parent_path();
  return folder.empty() ? "." : folder.filename().string();
}

}  // namespace

FaceSheet::FaceSheet(std::filesystem::path file, ImageShape input, std::vector<std::string> classes)
    : file_(std::move(file)), input_(input), classes_(std::move(classes)) {
  if (file_.extension() != ".png") throw usageError("--sheet " + file_.string() + ": give a name that ends in .png.");
}

void FaceSheet::add(const PredictInput& input, const Prediction& prediction) {
  Part& part = partOf(nameOf(input));
  part.faces += prediction.faces.size();
  for (const RecognisedFace& face : prediction.faces) {
    if (part.shown.size() == kMostOfAPart || parts_.size() > kMostParts) return;
    const std::size_t best = mostProbable(face.probabilities, 1).front();
    part.shown.push_back({face.input, classes_[best] + " " + fixed(face.probabilities[best], 2)});
  }
}

FaceSheet::Part& FaceSheet::partOf(const std::string& name) {
  const auto found = std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) { return part.name == name; });
  return found != parts_.end() ? *found : parts_.emplace_back(Part{name, {}, 0});
}

void FaceSheet::write() const {
  std::vector<report::SheetPart> parts;
  for (const Part& part : parts_) {
    if (parts.size() == kMostParts) break;
    std::string heading = part.name + ": " + std::to_string(part.faces) + (part.faces == 1 ? " face" : " faces");
    if (part.shown.size() < part.faces) heading += ", the first " + std::to_string(part.shown.size());
    report::SheetPart& shown = parts.emplace_back(report::SheetPart{std::move(heading), {}});
    for (const Shown& face : part.shown) shown.cells.push_back({face.image, face.caption});
  }
  writeFile(file_, report::pictureSheet(input_, parts, kColumns));
}

}  // namespace fer::app
