#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "structure/include_rules.hpp"
#include "support/temp_folder.hpp"

namespace fer::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(IncludeGraph, HasOnlyTheArrowsOfTheRoomTable) {
  const std::vector<std::string> complaints = forbiddenIncludes(FER_SOURCE);
  EXPECT_TRUE(complaints.empty()) << joined(complaints);
}

TEST(IncludeGraph, IsReadWhole) {
  std::size_t files = 0;
  std::size_t includes = 0;
  for (const SourceFile& file : readSources(FER_SOURCE)) {
    ++files;
    for (const SourceLine& line : file.lines) includes += includedBy(line).empty() ? 0 : 1;
  }
  EXPECT_GT(files, 40U);
  EXPECT_GT(includes, 4 * files);
}

/// Names of `table` that lead back to themselves.
std::vector<std::string> circles(const RoomTable& table) {
  std::vector<std::string> found;
  for (const auto& [start, direct] : table) {
    std::set<std::string> reached;
    std::vector<std::string> open(direct.begin(), direct.end());
    while (!open.empty()) {
      const std::string name = open.back();
      open.pop_back();
      if (!reached.insert(name).second) continue;
      for (const std::string& next : table.at(name)) open.push_back(next);
    }
    if (reached.contains(start)) found.push_back(start);
  }
  return found;
}

/// Sub-rooms with their siblings, and with rooms, by their whole names.
RoomTable withWholeNames(const RoomTable& table) {
  RoomTable whole;
  for (const auto& [name, used] : table) {
    const std::size_t slash = name.find('/');
    for (const std::string& other : used)
      whole[name].insert(slash == std::string::npos ? other
                         : other.starts_with('+')   ? other.substr(1)
                                                    : name.substr(0, slash + 1) + other);
    whole[name];
  }
  return whole;
}

TEST(IncludeGraph, HasNoCircle) {
  EXPECT_THAT(circles(withWholeNames(roomTable())), IsEmpty());
  EXPECT_THAT(circles({{"a", {"b"}}, {"b", {"c"}}, {"c", {"b"}}}), ElementsAre("b", "c"));
}

/// A room that a target links but the table does not name, or the reverse, is found by CMake; a folder here.
TEST(IncludeGraph, EveryRoomHasItsFolderAndItsList) {
  for (const auto& [name, used] : roomTable()) {
    const fs::path folder = fs::path(FER_SOURCE) / "src" / name;
    EXPECT_TRUE(fs::is_directory(folder)) << name;
    if (name.find('/') == std::string::npos) {
      EXPECT_TRUE(fs::exists(folder / "CMakeLists.txt")) << name;
    }
  }
}

/// A file with one line in an otherwise empty tree, and what is said of it.
struct Case {
  std::string file;
  std::string line;
  std::string complaint;  ///< after the file's name
};

std::vector<std::string> complaintsAbout(const Case& planted) {
  const TempFolder root;
  const fs::path file = root / planted.file;
  fs::create_directories(file.parent_path());
  std::ofstream(file) << "#pragma once\n" << planted.line << "\n";
  return forbiddenIncludes(root.path());
}

TEST(IncludeGraph, ReportsAForbiddenInclude) {
  const Case cases[] = {
      {"src/core/x.cpp", R"(#include "fer/data/dataset.hpp")", ":2: core may not use data"},
      {"include/fer/data/x.hpp", R"(#include "fer/nn/network.hpp")", ":2: data may not use nn"},
      {"include/fer/eval/x.hpp", R"(#include "fer/nn/torch_predictor.hpp")", ":2: eval may not use nn"},
      {"src/report/x.cpp", R"(  #  include <fer/data/dataset.hpp>)", ":2: report may not use data"},
      {"src/train/x.cpp", R"(#include "fer/report/history.hpp")", ":2: train may not use report"},
      {"src/report/plot/x.cpp", R"(#include "report/page/html.hpp")", ":2: report/plot may not use report/page"},
      {"src/report/plot/x.cpp", R"(#include "fer/report/page/run_page.hpp")",
       ":2: report/plot may not use report/page"},
      {"src/eval/x.cpp", "#include <torch/types.h>", ":2: eval may not use torch/types.h"},
      {"src/predict/x.cpp", "#include <ATen/core/Tensor.h>", ":2: predict may not use ATen/core/Tensor.h"},
      {"src/weights/torch/x.cpp", "#include <c10/core/ScalarType.h>", ":2: weights may not use c10/core/ScalarType.h"},
      {"src/nn/x.cpp", "#include <zip.h>", ":2: nn may not use zip.h"},
      {"src/data/x.cpp", "#include <opencv2/core.hpp>", ":2: data may not use opencv2/core.hpp"},
      {"src/report/page/x.cpp", "#include <opencv2/core.hpp>", ":2: report may not use opencv2/core.hpp"},
      {"src/report/page/x.cpp", R"(#include "fer/image/encode.hpp")", ":2: report may not use image"},
      {"src/metrics/x.cpp", "#include <unistd.h>", ":2: metrics may use the standard library only, not unistd.h"},
      {"src/core/x.cpp", "#include <cxxopts.hpp>", ":2: core may not use cxxopts.hpp"},
      {"src/nn/x.cpp", R"(#include "data/csv/rows.hpp")",
       ":2: includes a private header of another room: data/csv/rows.hpp"},
      {"include/fer/data/x.hpp", R"(#include "data/csv/rows.hpp")",
       ":2: a public header includes a private one: data/csv/rows.hpp"},
      {"src/data/csv/x.cpp", R"(#include "rows.hpp")",
       ":2: private headers are named by their path from src/, not rows.hpp"},
      {"src/helpers/x.cpp", "#include <vector>", ": no such room: helpers"},
      {"src/data/helpers/x.cpp", "#include <vector>", ": no such room: data/helpers"},
  };
  for (const Case& planted : cases)
    EXPECT_THAT(complaintsAbout(planted), ElementsAre(planted.file + planted.complaint));
}

TEST(IncludeGraph, LetsAllowedIncludesPass) {
  const Case cases[] = {
      {"src/train/x.cpp", R"(#include "fer/data/dataset.hpp")", "through nn"},
      {"src/eval/x.cpp", R"(#include "fer/core/error.hpp")", "through predict"},
      {"src/metrics/x.cpp", "#include <cmath>", "the standard library"},
      {"src/data/x.cpp", R"(#include "data/csv/rows.hpp")", "of a sub-room"},
      {"src/data/csv/x.cpp", R"(#include "data/same_pixels.hpp")", "of the room's own folder"},
      {"src/report/page/x.cpp", R"(#include "report/plot/svg.hpp")", "of a sibling in the table"},
      {"src/report/picture/x.cpp", R"(#include "fer/image/encode.hpp")", "of a sub-room that is its own library"},
      {"src/report/picture/x.cpp", "#include <opencv2/core.hpp>", "likewise"},
      {"src/core/x.cpp", "// #include <torch/torch.h>", "a comment"},
  };
  for (const Case& planted : cases) EXPECT_THAT(complaintsAbout(planted), IsEmpty()) << planted.complaint;
}

}  // namespace
}  // namespace fer::test
