// The networks of data/models and what their cards say of them. FER2013_CSV names the real dataset.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>

#include "fer/core/config/config.hpp"
#include "fer/core/files/files.hpp"
#include "support/run_command.hpp"
#include "support/temp_folder.hpp"

namespace fer::test {
namespace {

namespace fs = std::filesystem;

fs::path modelsFolder() {
  return configsFolder().parent_path() / "data/models";
}

/// The accuracy in the card's row of a split, "0.6375"; "" where it has none.
std::string accuracyInCard(const std::string& card, const std::string& split) {
  const std::regex row("\n\\| " + split + " +\\| [a-z]+ +\\| +[0-9,]+ \\| +([0-9.]+) ");
  std::smatch found;
  return std::regex_search(card, found, row) ? found[1].str() : "";
}

TEST(ShippedModels, EachHasACardWithItsTestScore) {
  int models = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(modelsFolder())) {
    if (entry.path().extension() != ".md") continue;
    EXPECT_TRUE(fs::exists(fs::path(entry.path()).replace_extension(".onnx"))) << entry.path();
    EXPECT_FALSE(accuracyInCard(readFile(entry.path(), Fault::kData), "test").empty()) << entry.path();
    ++models;
  }
  EXPECT_EQ(models, 3);
}

// On PublicTest, so that this is no read of the test images.
TEST(ShippedModels, ScoreWhatTheirCardsSay) {
  const char* data = std::getenv("FER2013_CSV");
  if (data == nullptr || *data == '\0') GTEST_SKIP() << "FER2013_CSV names no fer2013.csv";
  const TempFolder folder;
  for (const char* name : {"small", "tiny", "nano"}) {
    const std::string said =
        accuracyInCard(readFile(modelsFolder() / (std::string(name) + ".md"), Fault::kData), "validation");
    ASSERT_FALSE(said.empty()) << name;
    const CommandResult result = runCommand(
        "fer-eval", {"--model", name, "--data", data, "--split", "validation", "--out", (folder / name).string()});
    ASSERT_EQ(result.code, 0) << result.err;
    const auto found = nlohmann::json::parse(readFile(folder / name / "eval/validation/evaluation.json", Fault::kData));
    constexpr double kDigits = 1e4;
    EXPECT_EQ(std::lround(found["scores"]["accuracy"].get<double>() * kDigits), std::lround(std::stod(said) * kDigits))
        << name;
  }
}

}  // namespace
}  // namespace fer::test
