#include "data/csv/opening.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/shell_path.hpp"

namespace fer::data::csv {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLookedAt = 4096;  // bytes: more than any header line, and where each kind of file names itself

struct Kind {
  std::size_t place;  ///< of the bytes that tell it
  std::string_view bytes;
  const char* what;
  const char* command;  ///< unpacks it, with the path behind; ends in "-dc" where the text comes out on standard output
};

constexpr Kind kKinds[] = {
    {0, "\x1f\x8b"sv, "gzip-compressed", "gzip -dc"},
    {0, "BZh"sv, "bzip2-compressed", "bzip2 -dc"},
    {0,
     "\xFD"
     "7zXZ\0"sv,
     "xz-compressed", "xz -dc"},
    {0, "\x28\xB5\x2F\xFD"sv, "zstd-compressed", "zstd -dc"},
    {0, "PK\x03\x04"sv, "a zip archive", "unzip"},
    {0, "7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive", "7z x"},
    {0, "Rar!\x1A\x07"sv, "a RAR archive", "unrar x"},
    {257, "ustar"sv, "a tar archive", "tar -xf"},
};

/// Where the text goes: never the file that it comes from.
std::string newCsv(std::filesystem::path path) {
  const bool was_csv = path.extension() == ".csv";
  path.replace_extension();
  if (path.extension() != ".csv") path += was_csv ? "-text.csv" : ".csv";
  return shellPath(path);
}

std::string unpack(const Kind& kind, const std::string& name) {
  const std::string command = kind.command;
  const std::string path = shellPath(name);
  if (!command.ends_with("-dc")) return command + " " + path + ", and name the CSV that comes out";
  const bool tar = name.find(".tar") != std::string::npos || name.ends_with(".tgz");
  if (tar) return "tar -xf " + path + ", and name the CSV that comes out";
  return command + " " + path + " > " + newCsv(name) + ", and name that";
}

bool isWorkbook(std::string_view head) {
  return head.starts_with("PK\x03\x04") &&
         (head.find("[Content_Types].xml") != head.npos || head.find("xl/") != head.npos);
}

/// "UTF-16" or "UTF-32" where the text is one of these: by its byte order mark, or by every other byte being zero.
std::string_view wideText(std::string_view head) {
  if (head.starts_with("\xFF\xFE\0\0"sv) || head.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32";
  if (head.starts_with("\xFF\xFE"sv) || head.starts_with("\xFE\xFF"sv)) return "UTF-16";
  constexpr std::size_t kEnough = 6;
  if (head.size() < kEnough) return "";
  for (const std::size_t first : {0, 1}) {
    bool alternate = true;
    for (std::size_t i = 0; i < kEnough; ++i) alternate = alternate && (head[i] == '\0') == (i % 2 == first);
    if (alternate) return "UTF-16";
  }
  return "";
}

void refuseOtherKinds(std::string_view head, const std::string& name) {
  const std::string expected = ": expected a CSV, a text in UTF-8. ";
  if (isWorkbook(head)) throw dataError(name + ": a workbook" + expected + "Save it as CSV (UTF-8) and name that.");
  for (const Kind& kind : kKinds)
    if (head.size() > kind.place && head.substr(kind.place).starts_with(kind.bytes))
      throw dataError(name + ": " + kind.what + expected + "Unpack it: " + unpack(kind, name) + ".");
  if (head.starts_with("PAR1"))
    throw dataError(name + ": a Parquet file" + expected + "Write its table as CSV and name that.");
  if (const std::string wide(wideText(head)); !wide.empty())
    throw dataError(name + ": a text in " + wide + expected + "Save it as CSV UTF-8, or convert it: iconv -f " + wide +
                    " -t UTF-8 " + shellPath(name) + " > " + newCsv(name) + ", and name that.");
}

/// A source whose first bytes are read ahead.
struct Opened {
  ByteSource rest;
  std::string head;
  std::size_t given = 0;  ///< of the head
  bool ended = false;     ///< nothing follows the head
  bool carriage_returns = false;

  explicit Opened(ByteSource source) : rest(std::move(source)), head(kLookedAt, '\0') {
    std::size_t size = 0;
    while (!ended && size < head.size()) {
      const std::size_t count = rest({head.data() + size, head.size() - size});
      size += count;
      ended = count == 0;
    }
    head.resize(size);
    carriage_returns = head.find('\r') != head.npos && head.find('\n') == head.npos;
  }

  std::size_t give(std::span<char> room) {
    std::size_t count = head.copy(room.data(), room.size(), given);
    given += count;
    if (count == 0 && !ended) count = rest(room);
    if (carriage_returns) std::replace(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(count), '\r', '\n');
    return count;
  }
};

}  // namespace

ByteSource textOf(ByteSource source, const std::string& name) {
  const auto opened = std::make_shared<Opened>(std::move(source));
  refuseOtherKinds(opened->head, name);
  return [opened](std::span<char> room) { return opened->give(room); };
}

}  // namespace fer::data::csv
