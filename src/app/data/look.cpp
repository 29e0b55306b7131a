#include "app/data/look.hpp"

#include "app/pictures.hpp"

namespace fer::app {

data::LoadedData loadToLookAt(const std::filesystem::path& path, data::DataOptions options) {
  options.path = path.string();
  options.protocol = "fractions";  // nothing is cut, so nothing need be said of the cut
  return data::loadOtherDataset(options, reading());
}

}  // namespace fer::app
