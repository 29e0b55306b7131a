// Names that no file system holds, and folders that this user may not look into, wherever a path is taken.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_run.hpp"

namespace fer::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Every place of a command line where `path` may stand.
std::vector<std::vector<std::string>> commandsWith(const std::string& path) {
  return {{"fer-train", "--config", path},
          {"fer-train", "--config", "small.json", "--data", path},
          {"fer-train", "--config", "small.json", "--init", path},
          {"fer-train", "--config", "small.json", "--out", path},
          {"fer-train", "--resume", path},
          {"fer-eval", "--run", path},
          {"fer-export", "--run", path},
          {"fer-report", path},
          {"fer-sweep", path},
          {"fer-data", "info", path},
          {"fer-data", "convert", path, "copy"},
          {"fer-data", "convert", "faces.csv", path},
          {"fer-data", "synth", path}};
}

void expectClear(const SmallProject& project, const std::string& path, const char* reason,
                 const CommandSetup& setup = {}) {
  for (std::vector<std::string> words : commandsWith(path)) {
    const std::string name = words.front();
    words.erase(words.begin());
    const CommandResult result = project.run(name, words, setup);
    EXPECT_THAT(result.code, testing::AnyOf(1, 2, 3)) << name << " " << words.front();
    EXPECT_THAT(result.err, AllOf(StartsWith(name), HasSubstr(path), Not(HasSubstr("internal error"))))
        << name << " " << words.front();
    EXPECT_THAT(result.err, testing::AnyOf(HasSubstr(reason), HasSubstr("no such"))) << name << " " << words.front();
  }
}

TEST(UnreachablePaths, ANameThatIsTooLongIsSaidWhereverItStands) {
  const SmallProject project;
  expectClear(project, std::string(300, 'a'), "File name too long");
}

TEST(UnreachablePaths, AFolderThatMayNotBeLookedIntoIsSaidWhereverItStands) {
  const SmallProject project;
  std::filesystem::create_directory(project / "closed");
  std::filesystem::permissions(project / "closed", std::filesystem::perms::none);
  CommandSetup setup;
  setup.obey_permissions = true;
  expectClear(project, "closed/x.json", "Permission denied", setup);
  std::filesystem::permissions(project / "closed", std::filesystem::perms::owner_all);
}

}  // namespace
}  // namespace fer::test
