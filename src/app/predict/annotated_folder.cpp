#include <system_error>

#include "app/predict/annotate.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/image/encode.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

std::string encoded(const cv::Mat& picture, const fs::path& ending) {
  if (ending == ".jpg" || ending == ".jpeg") return image::jpeg(picture);
  return ending == ".webp" ? image::webp(picture) : image::png(picture);
}

/// A name whose ending says what will be written.
fs::path withKnownEnding(fs::path name) {
  const fs::path ending = name.extension();
  if (ending != ".jpg" && ending != ".jpeg" && ending != ".webp" && ending != ".png") name += ".png";
  return name;
}

}  // namespace

void AnnotatedFolder::write(const PredictInput& input, const cv::Mat& picture) {
  const fs::path file = folder_ / placeOf(withKnownEnding(input.name));
  std::error_code failed;
  if (fs::equivalent(file, input.file, failed))
    throw usageError("--out " + folder_.string() + ": " + file.string() +
                     " is the picture itself. Name another folder for what is drawn.");
  makeFolders(file.parent_path());
  writeFile(file, encoded(picture, file.extension()));
}

fs::path AnnotatedFolder::placeOf(const fs::path& name) {
  fs::path place = name;
  for (int number = 2; !given_.insert(place).second; ++number) {
    place = name;
    place.replace_filename(name.stem().string() + "-" + std::to_string(number) + name.extension().string());
  }
  return place;
}

}  // namespace fer::app
