#include "fer/weights/any_file.hpp"

#include <fstream>
#include <string>
#include <string_view>

#include "fer/weights/safetensors.hpp"
#include "fer/weights/torch_file.hpp"
#include "weights/name_prefix.hpp"

namespace fer::weights {
namespace {

/// Told by the content, and where that is neither's by the name, whose format then says what is wrong.
bool isSafetensors(const std::filesystem::path& path) {
  std::string beginning(9, '\0');
  std::ifstream(path, std::ios::binary).read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  // A safetensors file is a length of 8 bytes and a JSON object; neither of PyTorch's has a brace there.
  if (beginning.back() == '{') return true;
  return path.extension() == ".safetensors" && !beginning.starts_with("PK\3\4") && !beginning.starts_with('\x80');
}

}  // namespace

NamedTensors readAnyFile(const std::filesystem::path& path) {
  NamedTensors content = isSafetensors(path) ? readSafetensors(path) : readTorchFile(path);
  stripNamePrefixes(content);
  return content;
}

}  // namespace fer::weights
