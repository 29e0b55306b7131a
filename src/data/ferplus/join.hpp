#pragma once

#include "fer/data/load.hpp"

namespace fer::data::ferplus {

/// Whether the options want FER+.
bool wanted(const DataOptions& options);

/// A loaded FER-2013 with what options.targets makes of the votes in options.ferplus: rows dropped, labels and soft
/// targets; or, with hard targets, FER+'s majority as the other labels. Says how many rows each rule dropped. Throws
/// Error (bad data) where the dataset is not FER-2013's row for row.
LoadedData join(LoadedData loaded);

}  // namespace fer::data::ferplus
