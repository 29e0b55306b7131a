#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// PyTorch's files by the letter of their formats, so that tests can break any rule of them.
namespace fer::test {

template <typename T>
std::string bytesOf(T value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

// Pieces of pickles of protocol 2.

inline std::string pickleText(std::string_view text) {
  return "X" + bytesOf(static_cast<std::uint32_t>(text.size())) + std::string(text);
}
inline std::string pickleInt(std::int64_t value) {
  return "\x8a\x08" + bytesOf(value);
}
inline std::string pickleTuple(const std::vector<std::int64_t>& values) {
  std::string tuple = "(";
  for (const std::int64_t value : values) tuple += pickleInt(value);
  return tuple + "t";
}
inline std::string pickleGlobal(const std::string& module, const std::string& name) {
  return "c" + module + "\n" + name + "\n";
}
inline std::string emptyOrderedDict() {
  return pickleGlobal("collections", "OrderedDict") + ")R";
}

struct StorageText {
  std::string key = "0";
  std::int64_t count = 2;
  std::string type = "FloatStorage";
  std::string more = "";  ///< further items of the persistent id
};
inline std::string pickleStorage(const StorageText& storage) {
  return "(" + pickleText("storage") + pickleGlobal("torch", storage.type) + pickleText(storage.key) +
         pickleText("cpu") + pickleInt(storage.count) + storage.more + "tQ";
}

struct TensorText {
  StorageText storage = {};
  std::int64_t offset = 0;
  std::vector<std::int64_t> sizes = {2};
  std::vector<std::int64_t> strides = {1};
};
inline std::string pickleTensor(const TensorText& tensor = {}) {
  return pickleGlobal("torch._utils", "_rebuild_tensor_v2") + "(" + pickleStorage(tensor.storage) +
         pickleInt(tensor.offset) + pickleTuple(tensor.sizes) + pickleTuple(tensor.strides) + "\x89" +
         emptyOrderedDict() + "tR";
}
/// A whole pickle of {"w": value}.
inline std::string pickleOf(const std::string& value) {
  return "\x80\x02}" + pickleText("w") + value + "s.";
}
inline std::string pickleOf(const TensorText& tensor) {
  return pickleOf(pickleTensor(tensor));
}

/// The older format; `data` is the counts and numbers of all storages.
inline std::string legacyFile(const std::string& pickle, const std::vector<std::string>& keys,
                              const std::string& data) {
  std::string list = "\x80\x02](";
  for (const std::string& key : keys) list += pickleText(key);
  const std::string magic = std::string("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.");
  return magic + "\x80\x02M\xe9\x03." + "\x80\x02}" + pickleText("little_endian") + "\x88s." + pickle + list + "e." +
         data;
}
/// Of one storage "0" with two numbers, 1 and 2.
inline std::string legacyFile(const std::string& pickle) {
  return legacyFile(pickle, {"0"}, bytesOf(std::int64_t{2}) + bytesOf(1.0F) + bytesOf(2.0F));
}

inline std::uint32_t crc32Of(std::string_view data) {
  std::uint32_t crc = ~0U;
  for (const char c : data) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

/// A record of a zip file, and what its headers say of it where that is not the truth.
struct ZipEntry {
  std::string name;
  std::string data;
  std::uint16_t method = 0;  ///< 0: stored, 8: deflated
  std::uint32_t size = static_cast<std::uint32_t>(data.size());
  std::uint32_t stored_size = static_cast<std::uint32_t>(data.size());
  std::uint32_t crc = crc32Of(data);
  std::int64_t place = -1;  ///< of another record's header, in the file; -1: its own
  std::uint16_t flags = 0;
};

inline std::string zipFile(const std::vector<ZipEntry>& entries) {
  std::string file, directory;
  for (const ZipEntry& entry : entries) {
    const auto place =
        static_cast<std::uint32_t>(entry.place < 0 ? static_cast<std::int64_t>(file.size()) : entry.place);
    const std::string common = bytesOf(std::uint16_t{20}) + bytesOf(entry.flags) + bytesOf(entry.method) +
                               bytesOf(std::uint32_t{0x00210000}) + bytesOf(entry.crc) + bytesOf(entry.stored_size) +
                               bytesOf(entry.size) + bytesOf(static_cast<std::uint16_t>(entry.name.size())) +
                               bytesOf(std::uint16_t{0});
    if (entry.place < 0) file += "PK\3\4" + common + entry.name + entry.data;
    directory += "PK\1\2" + bytesOf(std::uint16_t{20}) + common + std::string(10, '\0') + bytesOf(place) + entry.name;
  }
  const auto count = static_cast<std::uint16_t>(entries.size());
  return file + directory + "PK\5\6" + std::string(4, '\0') + bytesOf(count) + bytesOf(count) +
         bytesOf(static_cast<std::uint32_t>(directory.size())) + bytesOf(static_cast<std::uint32_t>(file.size())) +
         std::string(2, '\0');
}

/// A zip file of the pickle and one storage "0" with two numbers, 1 and 2; then `more` records.
inline std::string torchZip(const std::string& pickle, const std::vector<ZipEntry>& more = {}) {
  std::vector<ZipEntry> entries = {{"a/data.pkl", pickle}, {"a/data/0", bytesOf(1.0F) + bytesOf(2.0F)}};
  entries.insert(entries.end(), more.begin(), more.end());
  return zipFile(entries);
}

}  // namespace fer::test
