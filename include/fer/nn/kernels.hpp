#pragma once

#include <string>

namespace fer::nn {

/// How layers are computed. Both do the same arithmetic but for rounding; plain ones are there to find out where a
/// wrong number comes from.
enum class Kernels {
  kFast,   ///< several layers at once, in place, by kernels of our own where there are some
  kPlain,  ///< one by one, by LibTorch's own operations
};

std::string nameOf(Kernels kernels);           ///< "fast" or "plain"
Kernels kernelsFrom(const std::string& name);  ///< throws std::invalid_argument for another name

}  // namespace fer::nn
