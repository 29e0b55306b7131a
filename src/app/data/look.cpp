#include "app/data/look.hpp"

#include <algorithm>

#include "app/pictures.hpp"
#include "fer/core/error.hpp"
#include "fer/data/protocol.hpp"

namespace fer::app {

data::LoadedData loadToLookAt(const std::filesystem::path& path, data::DataOptions options) {
  options.path = path.string();
  options.protocol = "fractions";  // nothing is cut, so nothing need be said of the cut
  return data::loadOtherDataset(options, reading());
}

std::vector<std::vector<std::uint32_t>> foldsToLookAt(const data::Dataset& dataset, const data::DataOptions& options) {
  if (options.protocol != "kfold") return {};
  auto folds = data::foldsOf(dataset, options.folds, options.split_seed);
  if (std::all_of(folds.begin(), folds.end(), [](const auto& fold) { return fold.empty(); }))
    throw dataError("--folds: no row is of Training (train), of which folds are made. Leave out --folds.");
  return folds;
}

std::string partText(const data::Dataset& dataset, std::size_t part) {
  const std::string& name = dataset.parts()[part];
  return name.empty() ? "no usage" : name;
}

}  // namespace fer::app
