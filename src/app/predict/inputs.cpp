#include "app/predict/inputs.hpp"

#include <algorithm>
#include <system_error>

#include "fer/core/text/letters.hpp"
#include "fer/data/folder/picture_reader.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

/// Adds the pictures of a folder and of its folders, and those folders that cannot be read.
void addFolder(const fs::path& folder, const fs::path& named, std::vector<PredictInput>& inputs) {
  std::error_code failed;
  fs::directory_iterator entries(folder, failed);
  for (; !failed && entries != fs::directory_iterator(); entries.increment(failed)) {
    std::error_code ignored;
    const fs::path& path = entries->path();
    if (path.filename().string().starts_with('.')) continue;  // what other systems leave beside pictures
    if (entries->symlink_status(ignored).type() == fs::file_type::directory)
      addFolder(path, named, inputs);
    else if (data::isPictureName(path))
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
  return sameInAnyCase(file.extension().string(), ".csv");
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
