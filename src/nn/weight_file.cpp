#include "fer/nn/weight_file.hpp"

namespace fer::nn {

TensorFile readWeights(const std::filesystem::path& path) {
  return readTensors(path);
}

}  // namespace fer::nn
