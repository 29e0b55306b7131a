#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "structure/source_tree.hpp"

namespace fer::test {

/// The modules and what each may use directly; what those use, it may use too.
inline const std::map<std::string, std::set<std::string>>& moduleTable() {
  static const std::map<std::string, std::set<std::string>> kTable = {
      {"core", {}},
      {"data", {"core"}},
      {"metrics", {"core"}},
      {"predict", {"core", "data"}},
      {"nn", {"core", "data", "predict"}},
      {"train", {"nn", "metrics"}},
      {"eval", {"data", "metrics", "predict"}},
      {"report", {"core", "metrics"}},
      {"vision", {"core"}},
      {"serve", {"predict", "vision"}},
  };
  return kTable;
}

/// Libraries outside the project by the beginning of their headers' names, and the modules that may use them.
struct Library {
  std::string prefix;
  std::set<std::string> modules;
  std::string data_files;  ///< within `data` only files whose names begin so; empty: all
};

inline const std::vector<Library>& libraryTable() {
  static const std::vector<Library> kTable = {
      {"torch/", {"nn", "train"}, ""},
      {"ATen/", {"nn", "train"}, ""},
      {"c10/", {"nn", "train"}, ""},
      {"c10d/", {"nn", "train"}, ""},
      {"opencv2/", {"data", "predict", "vision", "serve"}, "image"},
      {"nlohmann/", {"core", "data", "predict", "nn", "train", "eval", "report", "serve"}, ""},
      {"openssl/", {"core"}, ""},
      {"zip.h", {"nn"}, ""},
      {"turbojpeg.h", {"eval"}, ""},
      {"png.h", {"report"}, ""},
      {"protozero/", {"report"}, ""},
      {"cxxopts", {}, ""},
  };
  return kTable;
}

/// The module itself and all it may use, directly or through others.
inline std::set<std::string> usable(const std::string& module) {
  std::set<std::string> reached = {module};
  for (const std::string& used : moduleTable().at(module)) reached.merge(usable(used));
  return reached;
}

/// The complaint about `included` (with quotes or brackets) in a file, or nothing.
inline std::string complaintAbout(const SourceFile& file, const std::string& included) {
  const std::string name = included.substr(1, included.size() - 2);
  if (name.starts_with("fer/")) {
    const std::string used = name.substr(4, name.find('/', 4) - 4);
    return usable(file.module).contains(used) ? "" : file.module + " may not use " + used;
  }
  if (included.front() == '"')
    return name.find('/') == std::string::npos ? "" : "includes a private header of another folder: " + name;
  // The standard library's headers have neither a folder nor an ending.
  if (file.module == "metrics" && name.find_first_of("./") != std::string::npos)
    return "metrics may use the standard library only, not " + name;
  for (const Library& library : libraryTable()) {
    if (!name.starts_with(library.prefix)) continue;
    const bool right_file = file.module != "data" || file.path.filename().string().starts_with(library.data_files);
    if (!library.modules.contains(file.module) || !right_file)
      return file.path.filename().string() + " of " + file.module + " may not use " + name;
  }
  return "";
}

/// Every include of the tree that the tables above do not allow: "src/core/x.cpp:3: core may not use data".
inline std::vector<std::string> forbiddenIncludes(const std::filesystem::path& root) {
  std::vector<std::string> complaints;
  for (const SourceFile& file : readSources(root)) {
    if (!moduleTable().contains(file.module)) {
      complaints.push_back(file.path.generic_string() + ": no such module: " + file.module);
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
