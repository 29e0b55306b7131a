#pragma once

#include "fer/data/load.hpp"

namespace fer::data::folder {

/// A folder as a dataset: walk(), putInOrder(), then each picture decoded once, straight into its place. `other`: class
/// names need not be those of options. The settled options hold the classes found, and protocol "fractions" where the
/// folder has no parts. Throws Error (bad data).
LoadedData read(const DataOptions& options, const Reading& reading, bool other);

}  // namespace fer::data::folder
