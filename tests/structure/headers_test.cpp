#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "structure/source_tree.hpp"
#include "support/temp_folder.hpp"

namespace fer::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

/// Headers that may be read twice, and headers that force names on whoever includes them.
std::vector<std::string> badHeaders(const fs::path& root) {
  static const std::regex kUsingNamespace(R"(^\s*using\s+namespace\b)");
  std::vector<std::string> complaints;
  for (const SourceFile& file : readSources(root)) {
    if (!file.isHeader()) continue;
    if (file.lines.empty() || file.lines.front().text != "#pragma once")
      complaints.push_back(file.path.generic_string() + ": does not begin with #pragma once");
    for (const SourceLine& line : file.lines)
      if (std::regex_search(line.text, kUsingNamespace))
        complaints.push_back(line.place + ": using namespace in a header");
  }
  return complaints;
}

TEST(Headers, AreReadOnceAndForceNoNames) {
  const std::vector<std::string> complaints = badHeaders(FER_SOURCE);
  EXPECT_TRUE(complaints.empty()) << joined(complaints);
}

TEST(Headers, BadOnesAreReported) {
  const TempFolder root;
  fs::create_directories(root / "include/fer/core");
  fs::create_directories(root / "src/core");
  std::ofstream(root / "include/fer/core/a.hpp") << "#include <vector>\n";
  std::ofstream(root / "src/core/b.hpp") << "#pragma once\n  using namespace std;\n";
  std::ofstream(root / "src/core/c.cpp") << "using namespace std;\n";
  EXPECT_THAT(badHeaders(root.path()), ElementsAre("include/fer/core/a.hpp: does not begin with #pragma once",
                                                   "src/core/b.hpp:2: using namespace in a header"));
}

}  // namespace
}  // namespace fer::test
