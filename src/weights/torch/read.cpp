#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string>
#include <string_view>

#include "fer/core/error.hpp"
#include "fer/weights/torch_file.hpp"
#include "weights/torch/containers.hpp"
#include "weights/torch/refusal.hpp"

namespace fer::weights {
namespace {

namespace fs = std::filesystem;

using Reader = NamedTensors (*)(const fs::path&, std::uint64_t);

/// What a file is that has this text at this place: one to read, or one to name.
struct FileKind {
  std::size_t place;
  std::string_view text;
  Reader read;
  const char* name;
};

constexpr FileKind kFileKinds[] = {
    {0, "PK\3\4", &readTorchZip, ""},
    {0, "\x80", &readTorchLegacy, ""},
    {257, "ustar", nullptr,
     "a tar archive, perhaps of PyTorch before 0.2: load and save it in Python with a PyTorch before 2.0"},
    {0, "<", nullptr, "a web page, most often what a failed download left: download it again"},
    {0, "version https://git-lfs", nullptr, "a Git LFS pointer in the file's place: run git lfs pull"},
    {8, "{\"", nullptr, "a safetensors file, as it seems: give it the ending .safetensors"},
};

/// As much of the file as telling its kind needs.
std::string beginningOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ioError(path, "open", errno, Fault::kData);
  std::string text(512, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

std::string_view withoutSpace(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

Reader readerFor(std::string_view beginning) {
  if (beginning.empty()) throw TorchRefusal("the file is empty. Is the download or copy complete?");
  for (const FileKind& kind : kFileKinds) {
    const std::string_view text = kind.text == "<" ? withoutSpace(beginning) : beginning;
    if (text.size() < kind.place || !text.substr(kind.place).starts_with(kind.text)) continue;
    if (kind.read != nullptr) return kind.read;
    throw TorchRefusal(std::string(kind.name) + ".");
  }
  throw TorchRefusal("neither a zip file nor a pickle, so not of torch.save. Is it the right file?");
}

}  // namespace

NamedTensors readTorchFile(const fs::path& path) {
  std::error_code failed;
  if (fs::is_directory(path, failed)) throw ioError(path, "read", EISDIR, Fault::kData);
  try {
    const Reader read = readerFor(beginningOf(path));
    const std::uint64_t size = fs::file_size(path, failed);
    if (failed) throw ioError(path, "read", failed.value(), Fault::kData);
    return read(path, size);
  } catch (const TorchRefusal& refusal) {
    throw dataError(path.string() + ": refuses to load: " + refusal.what());
  }
}

}  // namespace fer::weights
