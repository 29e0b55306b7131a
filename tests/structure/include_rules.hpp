#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "structure/source_tree.hpp"

namespace fer::test {

/// Rooms, and what each may use directly; what those use, it may use too. Sub-rooms ("report/page") stand beside them
/// with the siblings that they may use.
using RoomTable = std::map<std::string, std::set<std::string>>;

/// src/rooms.txt, which CMake links by as well.
inline RoomTable readRoomTable(const std::filesystem::path& file) {
  RoomTable table;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(':');
    if (line.starts_with('#') || colon == std::string::npos) continue;
    std::istringstream used(line.substr(colon + 1));
    std::set<std::string>& names = table[line.substr(0, colon)];
    for (std::string name; used >> name;) names.insert(name);
  }
  return table;
}

inline const RoomTable& roomTable() {
  static const RoomTable kTable = readRoomTable(std::filesystem::path(FER_SOURCE) / "src/rooms.txt");
  return kTable;
}

/// Libraries outside the project by the beginning of their headers' names, and the rooms and sub-rooms that may use
/// them.
struct Library {
  std::string prefix;
  std::set<std::string> rooms;
};

inline const std::vector<Library>& libraryTable() {
  static const std::vector<Library> kTable = {
      {"torch/", {"nn", "train", "app"}},
      {"ATen/", {"nn", "train", "app"}},
      {"c10/", {"nn", "train", "app"}},
      {"c10d/", {"nn", "train", "app"}},
      {"opencv2/", {"image", "engine", "vision", "video", "serve", "app", "eval/disturb", "report/picture"}},
      {"libav", {"video"}},
      {"libsw", {"video"}},
      {"openvino/", {"engine"}},
      {"xnnpack.h", {"engine"}},
      {"pthreadpool.h", {"engine"}},
      {"nlohmann/", {"core", "data", "predict", "weights", "nn", "train", "eval", "report", "vision", "app", "serve"}},
      {"openssl/", {"core"}},
      {"boost/", {"serve/http"}},
      {"zip.h", {"weights"}},
      {"protozero/", {"report", "weights"}},
      {"cxxopts", {}},
  };
  return kTable;
}

/// The room itself and all it may use, directly or through others.
inline std::set<std::string> usable(const std::string& room) {
  std::set<std::string> reached = {room};
  for (const std::string& used : roomTable().at(room)) reached.merge(usable(used));
  return reached;
}

/// A header of ours as its users name it: "fer/report/page/run_page.hpp", or a private one, "report/page/html.hpp".
struct OwnHeader {
  bool is_public = false;
  std::string room;
  std::string sub_room;  ///< empty for a header of the room's own folder
};

/// Nothing where the name has no folder of a room.
inline std::optional<OwnHeader> ownHeader(const std::string& name) {
  OwnHeader header;
  header.is_public = name.starts_with("fer/");
  const std::filesystem::path path = header.is_public ? name.substr(4) : name;
  const std::vector<std::string> parts(path.begin(), path.end());
  if (parts.size() < 2 || (!header.is_public && !roomTable().contains(parts[0]))) return std::nullopt;
  header.room = parts[0];
  if (parts.size() > 2) header.sub_room = parts[1];
  return header;
}

/// The row of the file's sub-room holds the name.
inline bool subRoomMayUse(const SourceFile& file, const std::string& name) {
  const auto row = roomTable().find(file.room + "/" + file.sub_room);
  return row != roomTable().end() && row->second.contains(name);
}

inline std::string complaintAboutOwn(const SourceFile& file, const OwnHeader& header, const std::string& name) {
  if (header.room != file.room) {
    if (!header.is_public) return "includes a private header of another room: " + name;
    const bool allowed = usable(file.room).contains(header.room) || subRoomMayUse(file, "+" + header.room);
    return allowed ? "" : file.room + " may not use " + header.room;
  }
  if (!header.is_public && file.isPublic()) return "a public header includes a private one: " + name;
  if (file.sub_room.empty() || header.sub_room.empty() || file.sub_room == header.sub_room) return "";
  if (subRoomMayUse(file, header.sub_room)) return "";
  return file.room + "/" + file.sub_room + " may not use " + file.room + "/" + header.sub_room;
}

inline std::string complaintAboutLibrary(const SourceFile& file, const std::string& name) {
  // The standard library's headers have neither a folder nor an ending.
  if (file.room == "metrics" && name.find_first_of("./") != std::string::npos)
    return "metrics may use the standard library only, not " + name;
  for (const Library& library : libraryTable())
    if (name.starts_with(library.prefix) && !library.rooms.contains(file.room) &&
        !library.rooms.contains(file.room + "/" + file.sub_room))
      return file.room + " may not use " + name;
  return "";
}

/// The complaint about `included` (with quotes or brackets) in a file, or nothing.
inline std::string complaintAbout(const SourceFile& file, const std::string& included) {
  const std::string name = included.substr(1, included.size() - 2);
  if (const auto header = ownHeader(name)) return complaintAboutOwn(file, *header, name);
  if (included.front() == '"') return "private headers are named by their path from src/, not " + name;
  return complaintAboutLibrary(file, name);
}

/// Every include of the tree that the tables above do not allow: "src/core/x.cpp:3: core may not use data".
inline std::vector<std::string> forbiddenIncludes(const std::filesystem::path& root) {
  std::vector<std::string> complaints;
  for (const SourceFile& file : readSources(root)) {
    const std::string where = file.sub_room.empty() ? file.room : file.room + "/" + file.sub_room;
    if (!roomTable().contains(where)) {
      complaints.push_back(file.path.generic_string() + ": no such room: " + where);
      continue;
    }
    for (const SourceLine& line : file.lines)
      if (const std::string included = includedBy(line); !included.empty())
        if (const std::string complaint = complaintAbout(file, included); !complaint.empty())
          complaints.push_back(line.place + ": " + complaint);
  }
  return complaints;
}

}  // namespace fer::test
