#include "fer/nn/kernels.hpp"

#include <stdexcept>

namespace fer::nn {

std::string nameOf(Kernels kernels) {
  return kernels == Kernels::kFast ? "fast" : "plain";
}

Kernels kernelsFrom(const std::string& name) {
  for (const Kernels kernels : {Kernels::kFast, Kernels::kPlain})
    if (name == nameOf(kernels)) return kernels;
  throw std::invalid_argument("kernels are fast or plain, not " + name);
}

}  // namespace fer::nn
