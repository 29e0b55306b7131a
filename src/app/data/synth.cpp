#include "fer/app/dataset.hpp"

#include <iostream>

#include "fer/core/error.hpp"
#include "fer/data/csv/fer_csv.hpp"

namespace fer::app {

void synthesiseDataset(const data::SynthOptions& options, const std::filesystem::path& out, bool force) {
  if (!force && std::filesystem::is_regular_file(out))
    throw usageError(out.string() + ": exists already. Choose another name, or replace it with --force.");
  data::writeFerCsv(data::synthesise(options), out);
  if (std::filesystem::is_regular_file(out))  // a pipe or /dev/stdout carries the rows alone
    std::cout << out.string() << ": " << options.rows << " drawn faces of " << options.classes.size() << " classes\n";
}

}  // namespace fer::app
