#include "fer/data_folder/pictures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/data/load.hpp"
#include "fer/data/synth/synth.hpp"
#include "support/temp_folder.hpp"

namespace fer::data {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::uint8_t> counting(std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{7});
  return bytes;
}

TEST(Pictures, ComeBackAsTheyWereWritten) {
  const test::TempFolder folder;
  for (const ImageShape shape : {ImageShape{1, 4, 6}, ImageShape{3, 4, 6}}) {
    const std::vector<std::uint8_t> pixels = counting(shape.size());
    writeFile(folder / "a.png", pngOf(pixels, shape));
    std::vector<std::uint8_t> read(shape.size());
    EXPECT_FALSE(readPictureInto(folder / "a.png", shape, read));
    EXPECT_EQ(read, pixels);
  }
}

TEST(Pictures, AreMadeGreyOrColourAndResized) {
  const test::TempFolder folder;
  const std::vector<std::uint8_t> red = {200, 200, 0, 0, 0, 0};  // planes of two pixels
  writeFile(folder / "red.png", pngOf(red, {3, 1, 2}));
  std::vector<std::uint8_t> grey(8);
  EXPECT_TRUE(readPictureInto(folder / "red.png", {1, 2, 4}, grey));
  EXPECT_THAT(grey, Each(60));  // 0.299 * 200 = 59.8
  writeFile(folder / "grey.png", pngOf(grey, {1, 2, 4}));
  std::vector<std::uint8_t> colour(std::size_t{3} * 8);
  EXPECT_FALSE(readPictureInto(folder / "grey.png", {3, 2, 4}, colour));
  EXPECT_THAT(colour, Each(60));
  const std::vector<std::uint8_t> squares = {10, 20, 30, 40, 50, 60, 70, 80};  // 2 x 4
  writeFile(folder / "squares.png", pngOf(squares, {1, 2, 4}));
  std::vector<std::uint8_t> half(2);
  EXPECT_TRUE(readPictureInto(folder / "squares.png", {1, 1, 2}, half));
  EXPECT_THAT(half, ElementsAre(35, 55));  // the means of 10, 20, 50, 60 and of 30, 40, 70, 80
}

TEST(Pictures, AreRefusedByName) {
  const test::TempFolder folder;
  std::vector<std::uint8_t> pixels(1);
  writeFile(folder / "a.png", "no picture");
  for (const char* name : {"a.png", "missing.png"}) {
    try {
      readPictureInto(folder / name, {1, 1, 1}, pixels);
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      EXPECT_THAT(error.what(), HasSubstr((folder / name).string() + ":"));
    }
  }
}

/// Drawn faces as a folder edition of FER-2013 has them, in grey and in colour: the data hash is the dataset's.
TEST(Pictures, MakeTheDatasetThatTheyWereWrittenFrom) {
  for (const int channels : {1, 3}) {
    const test::TempFolder folder;
    const Dataset drawn = synthesise({60, 1, {channels, 24, 20}, fer2013Classes()});
    for (std::size_t row = 0; row < drawn.size(); ++row) {
      const std::string place = drawn.part(row) == kTraining ? "train" : "test";
      const std::filesystem::path file =
          folder / (place + "/" + drawn.classes()[static_cast<std::size_t>(drawn.label(row))] + "/" +
                    drawn.partName(row) + "_" + std::to_string(row) + ".png");
      std::filesystem::create_directories(file.parent_path());
      writeFile(file, pngOf(drawn.pixels(row), drawn.shape()));
    }
    DataOptions options;
    options.path = folder.path().string();
    options.shape = drawn.shape();
    for (const unsigned threads : {1U, 3U}) {
      const LoadedData loaded = loadDataset(options, {threads, &readPictureInto});
      EXPECT_EQ(dataHash(loaded.dataset), dataHash(drawn));
      EXPECT_EQ(loaded.dataset.columns().row_ids, drawn.columns().row_ids);
    }
    options.shape = {channels, 12, 12};
    EXPECT_THAT(loadDataset(options, {1, &readPictureInto}).notes,
                Contains("60 of 60 pictures were resized to 12 x 12"));
  }
}

}  // namespace
}  // namespace fer::data
