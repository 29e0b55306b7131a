#include "app/predict/inputs.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

namespace fer::app {
namespace {

namespace fs = std::filesystem;

std::string endingOf(const fs::path& file) {
  std::string ending = file.extension().string();
  for (char& c : ending)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return ending;
}

bool isPicture(const fs::path& file) {
  constexpr std::array<std::string_view, 5> kEndings{".jpg", ".jpeg", ".png", ".bmp", ".webp"};
  return std::find(kEndings.begin(), kEndings.end(), endingOf(file)) != kEndings.end();
}

/// Adds the pictures of a folder and of its folders, and those folders that cannot be read.
void addFolder(const fs::path& folder, const fs::path& named, std::vector<PredictInput>& inputs) {
  std::error_code failed;
  fs::directory_iterator entries(folder, failed);
  for (; !failed && entries != fs::directory_iterator(); entries.increment(failed)) {
    std::error_code ignored;
    const fs::path& path = entries->path();
    if (entries->symlink_status(ignored).type() == fs::file_type::directory)
      addFolder(path, named, inputs);
    else if (isPicture(path))
      inputs.push_back({path, path.lexically_relative(named)});
  }
  if (failed) inputs.push_back({folder, folder, folder.string() + ": cannot be read: " + failed.message()});
}

void addSorted(const fs::path& folder, std::vector<PredictInput>& inputs) {
  std::vector<PredictInput> found;
  addFolder(folder, folder, found);
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.file < b.file; });
  if (found.empty())
    found.push_back({folder, folder, folder.string() + ": no picture in this folder (jpg, jpeg, png, bmp, webp)"});
  inputs.insert(inputs.end(), found.begin(), found.end());
}

}  // namespace

bool PredictInput::isCsv() const {
  return endingOf(file) == ".csv";
}

std::vector<PredictInput> listInputs(const std::vector<fs::path>& paths) {
  std::vector<PredictInput> inputs;
  for (const fs::path& path : paths) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored))
      addSorted(path, inputs);
    else
      inputs.push_back({path, path.filename()});
  }
  return inputs;
}

}  // namespace fer::app
