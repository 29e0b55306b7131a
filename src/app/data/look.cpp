#include "app/data/look.hpp"

#include "app/pictures.hpp"

namespace fer::app {

data::LoadedData loadToLookAt(const std::filesystem::path& path, data::DataOptions options) {
  options.path = path.string();
  options.protocol = "fractions";  // nothing is cut, so nothing need be said of the cut
  return data::loadOtherDataset(options, reading());
}

std::string partText(const data::Dataset& dataset, std::size_t part) {
  const std::string& name = dataset.parts()[part];
  return name.empty() ? "no usage" : name;
}

}  // namespace fer::app
