#include "app/sweep/run_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/files/files.hpp"
#include "support/error_of.hpp"
#include "support/temp_folder.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

/// A run as fer-train leaves it, of what its folder says.
class SweptRun {
 public:
  SweptRun() { fs::create_directories(path() / "checkpoints"); }
  fs::path path() const { return folder_ / "run"; }
  void has(const std::string& name, const std::string& content = "") const { writeFile(path() / name, content); }
  void hasEpochs(int count) const {
    std::string text = "epoch,val_accuracy,val_loss\n";
    for (int i = 0; i < count; ++i) text += std::to_string(i) + ",0.5," + std::to_string(9 - i) + "\n";
    has("metrics.csv", text);
  }

 private:
  test::TempFolder folder_;
};

TEST(RunFolder, APausedRunHasReachedWhatItsRowsSay) {
  const SweptRun run;
  run.hasEpochs(3);
  EXPECT_FALSE(hasReached(run.path(), 3));  // no config: it was killed as it began
  run.has("config.json", "{}");
  EXPECT_TRUE(hasReached(run.path(), 2));
  EXPECT_TRUE(hasReached(run.path(), 3));
  EXPECT_FALSE(hasReached(run.path(), 4));
  EXPECT_FALSE(hasReached(run.path(), std::nullopt));
  run.has("checkpoints/final.safetensors");  // stopped early, or at its end: no rung takes it further
  EXPECT_TRUE(hasReached(run.path(), 4));
  EXPECT_TRUE(hasReached(run.path(), std::nullopt));
}

TEST(RunFolder, DamagedOrMissingRowsAreNotReached) {
  const SweptRun run;
  run.has("config.json", "{}");
  EXPECT_FALSE(hasReached(run.path(), 1));
  run.has("metrics.csv", "epoch,val_loss\n0,x\n");
  EXPECT_FALSE(hasReached(run.path(), 1));
}

TEST(RunFolder, WithoutAConfigThereIsNothingToResumeAndTheFolderGoes) {
  const SweptRun run;
  run.has("config.json", "{}");
  EXPECT_TRUE(canResume(run.path()));
  fs::remove(run.path() / "config.json");
  EXPECT_FALSE(canResume(run.path()));
  EXPECT_FALSE(fs::exists(run.path()));
  EXPECT_FALSE(canResume(run.path()));
}

TEST(RunFolder, ScoresAreOfTheRungsEpochsAlone) {
  const SweptRun run;
  run.has("config.json", "{}");
  run.hasEpochs(5);
  EXPECT_EQ(scoreOfRun(run.path(), 2, "val_loss").loss, 8);
  EXPECT_EQ(scoreOfRun(run.path(), std::nullopt, "val_loss").loss, 5);
  run.has("metrics.csv", "epoch,val_loss\n0,nan\n");
  EXPECT_THAT(test::errorOf(Fault::kData, [&] { scoreOfRun(run.path(), 1, "val_loss"); }),
              testing::HasSubstr("metrics.csv: holds no finite val_loss"));
}

}  // namespace
}  // namespace fer::app
