#include "fer/nn/weight_file.hpp"

#include <fstream>

#include "fer/nn/torch_file.hpp"

namespace fer::nn {

TensorFile readWeights(const std::filesystem::path& path) {
  // A safetensors file is a length of 8 bytes and a JSON object; neither of PyTorch's has a brace there.
  constexpr int kBrace = 8;
  std::ifstream file(path, std::ios::binary);
  file.seekg(kBrace);
  return file.peek() == '{' ? readTensors(path) : readTorchFile(path);
}

}  // namespace fer::nn
