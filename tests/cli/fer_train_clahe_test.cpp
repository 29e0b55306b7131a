#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/files/files.hpp"
#include "fer/core/random.hpp"
#include "fer/data/augment/equalised.hpp"
#include "fer/data/training_data.hpp"
#include "fer/data_folder/equalise.hpp"
#include "fer/report/picture/sheet.hpp"
#include "support/small_run.hpp"

// augment.clahe with the real command, and OpenCV's CLAHE.
namespace fer::test {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string> kPlain{"--config", "small.json",
                                      "--set",    "train.epochs=1",
                                      "--set",    "augment.zoom=0",
                                      "--set",    "augment.horizontal_flip=false",
                                      "--set",    "augment.brightness=[1,1]"};

std::vector<std::string> plainAnd(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = kPlain;
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

// samples.png shows the file's own images, equalised by the options, in the order of the first epoch.
TEST(FerTrainClahe, TrainsOnEqualisedImages) {
  const SmallProject project;
  const CommandResult result =
      project.run("fer-train", plainAnd({"--set", "augment.clahe.probability=1", "--set", "augment.clahe.clip_limit=5",
                                         "--set", "augment.clahe.tiles=2", "--out", "equalised"}));
  ASSERT_EQ(result.code, 0) << result.err;
  data::DataOptions options;
  options.path = (project / "faces.csv").string();
  options.shape = {1, 16, 16};
  options.classes = {"sad", "neutral", "happy"};
  const data::TrainingData data = data::loadForTraining(options);
  const std::vector<std::uint8_t> block =
      data::equalised(data.dataset, data.train, {.clip_limit = 5, .tiles = 2}, &data::equaliseInto);
  std::vector<std::uint32_t> order = data.train;
  RandomStream stream(42, Purpose::kShuffle, 0);
  shuffle(std::span(order), stream);
  report::SheetPart part{"training images as the first epoch sees them", {}};
  for (std::size_t i = 0; i < 32; ++i)
    part.cells.push_back({data::shownPixels(data.dataset, block, order[i], {.equalised = true}),
                          data.dataset.classes()[static_cast<std::size_t>(data.dataset.label(order[i]))]});
  EXPECT_TRUE(readFile(project / "equalised/samples.png", Fault::kData) ==
              report::pictureSheet({1, 16, 16}, {part}, 8));
}

TEST(FerTrainClahe, IsRefusedWithMoreTilesThanPixels) {
  const SmallProject project;
  const CommandResult result = project.run("fer-train", plainAnd({"--set", "augment.clahe.probability=1", "--set",
                                                                  "augment.clahe.tiles=17", "--out", "tiled"}));
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("augment.clahe.tiles: 17 tiles a side are more than the 16 x 16 pixels"));
  EXPECT_FALSE(std::filesystem::exists(project / "tiled"));
}

}  // namespace
}  // namespace fer::test
