#include "fer/weights/safetensors.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>
#include <vector>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/text/json.hpp"

namespace fer::weights {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "safetensors stores little-endian numbers");

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kLargestHeader = 100'000'000;  ///< the format's own limit
constexpr std::size_t kAlignment = 8;
constexpr const char* kMetadata = "__metadata__";

/// An element type, by the format's name.
struct ElementType {
  const char* name;
  DType dtype;
};
constexpr ElementType kTypes[] = {
    {"F64", DType::kFloat64}, {"F32", DType::kFloat32}, {"F16", DType::kFloat16}, {"BF16", DType::kBfloat16},
    {"I64", DType::kInt64},   {"I32", DType::kInt32},   {"I16", DType::kInt16},   {"I8", DType::kInt8},
    {"U8", DType::kUint8},    {"BOOL", DType::kBool},
};

/// One tensor as the header describes it.
struct Entry {
  std::string name;
  TensorType type;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

Error damaged(const fs::path& path, const std::string& what) {
  return dataError(path.string() + ": not a valid safetensors file: " + what +
                   ". Is the download or copy complete? Use another checkpoint.");
}

std::uint64_t byteCount(const fs::path& path, const Entry& entry) {
  // Whoever makes a tensor of it multiplies the other sides even where one is 0.
  auto bound = static_cast<std::int64_t>(elementSize(entry.type.dtype));
  for (const std::int64_t side : entry.type.shape) {
    if (side < 0 || __builtin_mul_overflow(bound, std::max<std::int64_t>(side, 1), &bound))
      throw damaged(path, "tensor " + entry.name + " has an impossible shape");
  }
  return entry.type.byteCount();
}

DType parseType(const fs::path& path, const std::string& name, const json& value) {
  for (const ElementType& type : kTypes)
    if (value == type.name) return type.dtype;
  if (!value.is_string()) throw damaged(path, "tensor " + name + " has the type " + value.dump() + ", expected a text");
  std::string known;
  for (const ElementType& type : kTypes) known += (known.empty() ? "" : ", ") + std::string(type.name);
  throw dataError(path.string() + ": tensor " + name + " has the element type " + value.dump() +
                  ", which is not read (known: " + known + "). Convert the model first, in Python: model.float().");
}

Entry parseEntry(const fs::path& path, const std::string& name, const json& value) {
  try {
    Entry entry{name, {parseType(path, name, value.at("dtype")), {}}, 0, 0};
    for (const json& side : value.at("shape")) {
      if (!side.is_number_unsigned()) throw damaged(path, "tensor " + name + " has an impossible shape");
      entry.type.shape.push_back(side.get<std::int64_t>());
    }
    const json& offsets = value.at("data_offsets");
    if (offsets.size() != 2 || !offsets[0].is_number_unsigned() || !offsets[1].is_number_unsigned())
      throw damaged(path, "tensor " + name + " has no data_offsets [begin, end]");
    entry.begin = offsets[0].get<std::uint64_t>();
    entry.end = offsets[1].get<std::uint64_t>();
    if (entry.end < entry.begin || entry.end - entry.begin != byteCount(path, entry))
      throw damaged(path, "tensor " + name + ": its shape and its data_offsets disagree");
    return entry;
  } catch (const json::exception&) {
    throw damaged(path, "the header's entry of tensor " + name + " is incomplete");
  }
}

/// The entries in file order, which must cover the `size` data bytes without gap or overlap.
std::vector<Entry> parseEntries(const fs::path& path, const json& header, std::uint64_t size) {
  std::vector<Entry> entries;
  for (const auto& [name, value] : header.items())
    if (name != kMetadata) entries.push_back(parseEntry(path, name, value));
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
  std::uint64_t expected = 0;
  for (const Entry& entry : entries) {
    if (entry.begin != expected) throw damaged(path, "gap or overlap before tensor " + entry.name);
    expected = entry.end;
  }
  if (expected != size)
    throw damaged(path,
                  "its header describes " + std::to_string(expected) + " data bytes, it holds " + std::to_string(size));
  return entries;
}

std::map<std::string, std::string> parseMetadata(const fs::path& path, const json& header) {
  if (!header.contains(kMetadata)) return {};
  try {
    return header[kMetadata].get<std::map<std::string, std::string>>();
  } catch (const json::exception&) {
    throw damaged(path, "its metadata is not a map of texts");
  }
}

const char* codeOf(DType dtype) {
  return std::find_if(std::begin(kTypes), std::end(kTypes),
                      [&](const ElementType& type) { return type.dtype == dtype; })
      ->name;
}

std::string headerText(const std::map<std::string, TensorType>& types, const Metadata& metadata) {
  json header = json::object();
  if (!metadata.empty()) header[kMetadata] = metadata;
  std::uint64_t offset = 0;
  for (const auto& [name, type] : types) {
    const std::uint64_t end = offset + type.byteCount();
    header[name] = {{"dtype", codeOf(type.dtype)}, {"shape", type.shape}, {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string text = header.dump();
  text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
  return text;
}

}  // namespace

void writeSafetensors(const fs::path& path, const std::map<std::string, TensorType>& types, const Metadata& metadata,
                      const BytesOf& bytes_of) {
  const std::string header = headerText(types, metadata);
  const std::uint64_t length = header.size();
  AtomicFile file(path);
  file.write(&length, sizeof length);
  file.write(header);
  for (const auto& [name, type] : types) {
    const Bytes bytes = bytes_of(name);
    if (bytes.size() != type.byteCount())
      throw std::invalid_argument("writeSafetensors: bytes of another shape: " + name);
    file.write(bytes.data(), bytes.size());
  }
  file.commit();
}

void writeSafetensors(const fs::path& path, const NamedTensors& content) {
  std::map<std::string, TensorType> types;
  for (const auto& [name, tensor] : content.tensors) types.emplace(name, tensor.type);
  writeSafetensors(path, types, content.metadata,
                   [&](const std::string& name) { return content.tensors.at(name).bytes; });
}

NamedTensors readSafetensors(const fs::path& path) {
  std::error_code failed;
  if (fs::is_directory(path, failed)) throw ioError(path, "read", EISDIR, Fault::kData);
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ioError(path, "open", errno, Fault::kData);
  const std::uint64_t size = fs::file_size(path, failed);
  if (failed) throw ioError(path, "read", failed.value(), Fault::kData);
  std::uint64_t length = 0;
  if (!file.read(reinterpret_cast<char*>(&length), sizeof length)) throw damaged(path, "it is shorter than 8 bytes");
  if (length > kLargestHeader || length > size - kLengthBytes)
    throw damaged(path, "its header is longer than the file");
  std::string text(length, '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(length))) throw damaged(path, "it ends within its header");
  const json header = parseJson(text, path.string() + " (header)", Fault::kData);
  if (!header.is_object()) throw damaged(path, "its header is not a JSON object");

  NamedTensors content;
  content.metadata = parseMetadata(path, header);
  for (const Entry& entry : parseEntries(path, header, size - kLengthBytes - length)) {
    const Bytes bytes(entry.end - entry.begin);
    if (!file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())))
      throw damaged(path, "it ends within tensor " + entry.name);
    content.tensors.emplace(entry.name, Tensor{entry.type, bytes});
  }
  return content;
}

}  // namespace fer::weights
