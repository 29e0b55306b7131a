#include "fer/weights/any_file.hpp"

#include <fstream>

#include "fer/weights/safetensors.hpp"
#include "fer/weights/torch_file.hpp"

namespace fer::weights {

NamedTensors readAnyFile(const std::filesystem::path& path) {
  // A safetensors file is a length of 8 bytes and a JSON object; neither of PyTorch's has a brace there.
  constexpr int kBrace = 8;
  std::ifstream file(path, std::ios::binary);
  file.seekg(kBrace);
  return file.peek() == '{' ? readSafetensors(path) : readTorchFile(path);
}

}  // namespace fer::weights
