#pragma once

#include "fer/weights/tensor.hpp"

namespace fer::weights {

/// Takes off every name what a wrapper around the network put before all of them: "module." (DataParallel),
/// "_orig_mod." (torch.compile), "model.", "net." (Lightning and others), also several. Says so in the notes.
void stripNamePrefixes(NamedTensors& content);

}  // namespace fer::weights
