// In place of all others of this folder where the build found no OpenCV.
#include "fer/core/error.hpp"
#include "fer/report/picture/confusion.hpp"
#include "fer/report/picture/sheet.hpp"

namespace fer::report {
namespace {

Error noPictures() {
  return Error(Fault::kOther,
               "fer was built without OpenCV, which draws pictures. Install it (libopencv-imgcodecs-dev, "
               "libopencv-dnn-dev, libopencv-objdetect-dev) and build again.");
}

}  // namespace

bool picturesBuilt() {
  return false;
}
std::string pictureSheet(const ImageShape&, const std::vector<SheetPart>&, std::size_t, std::size_t) {
  throw noPictures();
}
std::string imageTiles(const ImageShape&, std::span<const std::span<const std::uint8_t>>, std::size_t) {
  throw noPictures();
}
std::string confusionPicture(const metrics::ConfusionMatrix&, const std::vector<std::string>&) {
  throw noPictures();
}

}  // namespace fer::report
