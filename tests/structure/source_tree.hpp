#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace fer::test {

/// One line of a source file with its place, as messages name it: "src/core/error.cpp:3".
struct SourceLine {
  std::string place;
  std::string text;
};

/// A file of include/fer/<room>/ or src/<room>/, or of a sub-room's folder there.
struct SourceFile {
  std::filesystem::path path;  ///< relative to the tree's root
  std::string room;
  std::string sub_room;  ///< empty in the room's own folder
  std::vector<SourceLine> lines;

  bool isPublic() const { return path.begin()->string() == "include"; }

  bool isHeader() const { return path.extension() == ".hpp"; }
};

inline std::vector<SourceLine> readLines(const std::filesystem::path& root, const std::filesystem::path& path) {
  std::ifstream in(root / path);
  std::vector<SourceLine> lines;
  for (std::string text; std::getline(in, text);)
    lines.push_back({path.generic_string() + ":" + std::to_string(lines.size() + 1), text});
  return lines;
}

/// Every header and source below include/fer and src, in the order of their paths.
inline std::vector<SourceFile> readSources(const std::filesystem::path& root) {
  std::vector<SourceFile> files;
  for (const char* base : {"include/fer", "src"}) {
    if (!std::filesystem::exists(root / base)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / base)) {
      const std::filesystem::path path = entry.path().lexically_relative(root);
      if (path.extension() != ".hpp" && path.extension() != ".cpp") continue;
      const std::filesystem::path within = path.lexically_relative(base);
      const std::vector<std::string> parts(within.begin(), within.end());
      files.push_back({path, parts.front(), parts.size() > 2 ? parts[1] : "", readLines(root, path)});
    }
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

/// What a line includes, with its quotes or brackets: `"fer/core/error.hpp"`, `<vector>`; empty where it includes
/// nothing.
inline std::string includedBy(const SourceLine& line) {
  static const std::regex kPattern(R"(^\s*#\s*include\s*(["<][^">]+[">]))");
  std::smatch match;
  return std::regex_search(line.text, match, kPattern) ? match[1].str() : std::string();
}

/// One complaint a line: what a failing test prints.
inline std::string joined(const std::vector<std::string>& complaints) {
  std::ostringstream text;
  for (const std::string& complaint : complaints) text << complaint << "\n";
  return text.str();
}

}  // namespace fer::test
