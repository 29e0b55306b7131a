#include "weights/torch/zip.hpp"

#include <zip.h>

#include <array>
#include <fstream>
#include <utility>

#include "fer/core/error.hpp"
#include "weights/torch/refusal.hpp"

namespace fer::weights {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLocalHeader = 30;    ///< bytes before a record's name, and
constexpr std::uint64_t kCentralHeader = 46;  ///< in the directory
constexpr std::uint64_t kEndRecord = 22;

std::string messageOf(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string message = zip_error_strerror(&error);
  zip_error_fini(&error);
  return message;
}

/// A zip file may hide bytes before its first record and in a comment at its end; PyTorch's has neither.
void checkEnds(const fs::path& path, std::uint64_t size) {
  std::array<char, kEndRecord> end{};
  std::ifstream file(path, std::ios::binary);
  if (size < kEndRecord || !file.seekg(static_cast<std::streamoff>(size - kEndRecord)) ||
      !file.read(end.data(), end.size()))
    throw damagedTorchFile("the zip file ends too early");
  const bool at_the_end = std::string_view(end.data(), 4) == "PK\5\6" && end[20] == 0 && end[21] == 0;
  if (!at_the_end) throw damagedTorchFile("the zip file's directory does not end where the file ends");
}

zip_stat_t statOf(zip_t* archive, std::uint64_t index) {
  constexpr std::uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
  zip_stat_t stat;
  if (zip_stat_index(archive, index, ZIP_FL_ENC_RAW, &stat) != 0 || (stat.valid & kNeeded) != kNeeded)
    throw damagedTorchFile("the zip file's directory is broken");
  const std::string name = quotedFromFile(stat.name);
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    throw TorchRefusal("its zip record " + name + " is encrypted. Write the file with torch.save.");
  if (stat.comp_method != ZIP_CM_STORE)
    throw TorchRefusal("its zip record " + name +
                       " is compressed, which torch.save never does. Write the file with torch.save.");
  if (stat.comp_size != stat.size) throw damagedTorchFile("its zip record " + name + " has two sizes");
  return stat;
}

}  // namespace

struct ZipRecords::Archive {
  explicit Archive(zip_t* opened) : handle(opened) {}
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  ~Archive() { zip_discard(handle); }

  zip_t* handle;
};

ZipRecords::ZipRecords(const fs::path& path) {
  const std::uint64_t file_size = fs::file_size(path);
  checkEnds(path, file_size);
  int code = 0;
  zip_t* handle = zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
  if (handle == nullptr) throw damagedTorchFile("the zip file cannot be opened: " + messageOf(code));
  archive_ = std::make_unique<Archive>(handle);

  std::string folder;
  std::uint64_t used = kEndRecord;
  const std::int64_t count = zip_get_num_entries(handle, 0);
  for (std::int64_t i = 0; i < count; ++i) {
    const zip_stat_t stat = statOf(handle, static_cast<std::uint64_t>(i));
    const std::string name = stat.name;
    if (i == 0) folder = name.substr(0, name.find('/') + 1);
    if (folder.empty() || !name.starts_with(folder))
      throw notAStateDict("a zip file, but its records do not stand in one folder as PyTorch's do");
    // Each sum stays below 2^64: no size is larger than the file.
    if (stat.size > file_size)
      throw damagedTorchFile("its zip record " + quotedFromFile(name) + " is larger than the file");
    used += kLocalHeader + kCentralHeader + 2 * name.size() + stat.size;
    if (used > file_size) throw damagedTorchFile("its zip records overlap");
    if (!records_.try_emplace(name.substr(folder.size()), Record{static_cast<std::uint64_t>(i), stat.size}).second)
      throw damagedTorchFile("its zip record " + quotedFromFile(name) + " stands twice");
  }
}

ZipRecords::~ZipRecords() = default;

std::vector<std::string> ZipRecords::names() const {
  std::vector<std::string> names;
  for (const auto& [name, record] : records_) names.push_back(name);
  return names;
}

const ZipRecords::Record& ZipRecords::find(const std::string& name) const {
  const auto found = records_.find(name);
  if (found == records_.end()) throw damagedTorchFile("it has no zip record " + quotedFromFile(name));
  return found->second;
}

std::uint64_t ZipRecords::size(const std::string& name) const {
  return find(name).size;
}

void ZipRecords::read(const std::string& name, void* bytes) const {
  const Record& record = find(name);
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(archive_->handle, record.index, 0),
                                                               &zip_fclose);
  std::uint64_t done = 0;
  while (file != nullptr && done < record.size) {
    const std::int64_t count = zip_fread(file.get(), static_cast<char*>(bytes) + done, record.size - done);
    if (count <= 0) break;
    done += static_cast<std::uint64_t>(count);
  }
  // Reading on at the end makes libzip compare the checksum.
  char beyond = 0;
  if (file == nullptr || done != record.size || zip_fread(file.get(), &beyond, 1) != 0)
    throw damagedTorchFile("its zip record " + quotedFromFile(name) + " cannot be read or has a wrong checksum");
}

std::string ZipRecords::text(const std::string& name) const {
  std::string text(size(name), '\0');
  read(name, text.data());
  return text;
}

namespace {

/// libzip's failure to write, which leaves memory alone as the reason.
Error cannotPack(const fs::path& path, zip_t* archive) {
  const Error error(Fault::kOther, path.string() + ": cannot pack the zip file: " + zip_strerror(archive));
  zip_discard(archive);
  return error;
}

void addRecord(const fs::path& path, zip_t* archive, const ZipRecord& record) {
  zip_source_t* source = zip_source_buffer(archive, record.bytes, record.size, 0);
  if (source == nullptr) throw cannotPack(path, archive);
  const std::int64_t index = zip_file_add(archive, ("archive/" + record.name).c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    throw cannotPack(path, archive);
  }
  constexpr std::uint16_t kMidnight = 0;
  constexpr std::uint16_t kFirstOfJanuary1980 = 0x21;
  const auto place = static_cast<std::uint64_t>(index);
  if (zip_set_file_compression(archive, place, ZIP_CM_STORE, 0) != 0 ||
      zip_file_set_dostime(archive, place, kMidnight, kFirstOfJanuary1980, 0) != 0)
    throw cannotPack(path, archive);
}

void copyTo(AtomicFile& file, zip_source_t* packed) {
  std::vector<char> block(std::size_t{1} << 20);
  for (std::int64_t count = 0; (count = zip_source_read(packed, block.data(), block.size())) > 0;)
    file.write(block.data(), static_cast<std::size_t>(count));
}

}  // namespace

void writeZip(AtomicFile& file, const fs::path& path, const std::vector<ZipRecord>& records) {
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> packed(zip_source_buffer_create(nullptr, 0, 0, &error),
                                                                      &zip_source_free);
  zip_t* archive = packed == nullptr ? nullptr : zip_open_from_source(packed.get(), ZIP_TRUNCATE, &error);
  if (archive == nullptr) throw Error(Fault::kOther, path.string() + ": cannot pack the zip file: out of memory");
  zip_source_keep(packed.get());
  for (const ZipRecord& record : records) addRecord(path, archive, record);
  if (zip_close(archive) != 0) throw cannotPack(path, archive);
  if (zip_source_open(packed.get()) != 0)
    throw Error(Fault::kOther, path.string() + ": cannot read back the packed zip file");
  copyTo(file, packed.get());
  zip_source_close(packed.get());
}

}  // namespace fer::weights
