#include "fold_options.hpp"

#include "fer/core/error.hpp"
#include "image_options.hpp"

namespace fer::tools {

void addFoldOptions(cxxopts::Options& options) {
  options.add_options("Folds")("folds", "also show so many folds, as data.protocol=kfold cuts them",
                               cxxopts::value<std::string>(), "N")(
      "split-seed", "their data.split_seed", cxxopts::value<std::string>()->default_value("42"), "N");
}

void readFoldOptions(const cxxopts::ParseResult& arguments, data::DataOptions& data) {
  constexpr double kMostFolds = 100;
  if (arguments.count("folds") == 0) {
    if (arguments.count("split-seed") != 0) throw usageError("--split-seed: it is of the folds: give --folds, too");
    return;
  }
  data.protocol = "kfold";
  KeyTable table;
  table.add("--folds", &data.folds, "", {2, kMostFolds});
  table.add("--split-seed", &data.split_seed, "");
  applyOptions(table, arguments);
}

}  // namespace fer::tools
