#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/run_command.hpp"
#include "support/temp_folder.hpp"

namespace fer::test {
namespace {

TEST(GetDetector, KeepsNothingButYunet) {
  const TempFolder folder;
  std::ofstream(folder / "other.onnx") << "another network";
  const std::string script = (std::filesystem::path(FER_FIXTURES) / "../../tools/get-detector").string();
  const std::string url = "file://" + (folder / "other.onnx").string();
  const CommandResult result = runCommand(script, {"--url", url, "models"}, {.folder = folder.path()});
  EXPECT_EQ(result.code, 3) << result.err;
  EXPECT_THAT(result.err, testing::HasSubstr("is not YuNet of March 2023"));
  EXPECT_TRUE(std::filesystem::is_empty(folder / "models"));
}

}  // namespace
}  // namespace fer::test
