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

TEST(IncludeGraph, HasOnlyTheArrowsOfTheModuleTable) {
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

TEST(IncludeGraph, HasNoCircle) {
  for (const auto& [module, direct] : moduleTable())
    for (const std::string& used : direct)
      EXPECT_FALSE(usable(used).contains(module)) << module << " and " << used << " use each other";
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
      {"src/train/x.cpp", R"(#include "fer/report/svg.hpp")", ":2: train may not use report"},
      {"src/eval/x.cpp", "#include <torch/types.h>", ":2: x.cpp of eval may not use torch/types.h"},
      {"src/predict/x.cpp", "#include <ATen/core/Tensor.h>", ":2: x.cpp of predict may not use ATen/core/Tensor.h"},
      {"src/data/x.cpp", "#include <opencv2/core.hpp>", ":2: x.cpp of data may not use opencv2/core.hpp"},
      {"src/metrics/x.cpp", "#include <unistd.h>", ":2: metrics may use the standard library only, not unistd.h"},
      {"src/core/x.cpp", "#include <cxxopts.hpp>", ":2: x.cpp of core may not use cxxopts.hpp"},
      {"src/nn/x.cpp", R"(#include "../data/csv_rows.hpp")",
       ":2: includes a private header of another folder: ../data/csv_rows.hpp"},
      {"src/helpers/x.cpp", "#include <vector>", ": no such module: helpers"},
  };
  for (const Case& planted : cases)
    EXPECT_THAT(complaintsAbout(planted), ElementsAre(planted.file + planted.complaint));
}

TEST(IncludeGraph, LetsAllowedIncludesPass) {
  const Case cases[] = {
      {"src/train/x.cpp", R"(#include "fer/data/dataset.hpp")", "through nn"},
      {"src/serve/x.cpp", R"(#include "fer/core/error.hpp")", "through predict"},
      {"src/data/image_folder.cpp", "#include <opencv2/core.hpp>", "the image part"},
      {"src/metrics/x.cpp", "#include <cmath>", "the standard library"},
      {"src/data/x.cpp", R"(#include "csv_rows.hpp")", "of the same folder"},
      {"src/core/x.cpp", "// #include <torch/torch.h>", "a comment"},
  };
  for (const Case& planted : cases) EXPECT_THAT(complaintsAbout(planted), IsEmpty()) << planted.complaint;
}

}  // namespace
}  // namespace fer::test
