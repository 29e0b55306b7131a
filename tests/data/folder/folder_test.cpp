#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/data/load.hpp"
#include "fer/data/training_data.hpp"
#include "support/temp_folder.hpp"

namespace fer::data {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A "picture" is a file whose two bytes are its pixels; with more it is resized to its first two; "?" is damaged.
bool readBytes(const fs::path& file, ImageShape shape, std::span<std::uint8_t> pixels) {
  const std::string text = readFile(file, Fault::kData);
  if (text == "?") throw dataError(file.string() + ": damaged");
  std::copy_n(text.begin(), shape.size(), pixels.begin());
  return text.size() != shape.size();
}

class Folder : public ::testing::Test {
 protected:
  void put(const std::string& file, const std::string& content = "ab") {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << content;
  }

  DataOptions options() const {
    DataOptions options;
    options.path = root_.path().string();
    options.shape = {1, 1, 2};
    return options;
  }

  LoadedData load(unsigned threads = 1) const { return loadDataset(options(), {threads, &readBytes}); }

  /// "happy train ab", a line each row.
  static std::vector<std::string> rows(const Dataset& dataset) {
    std::vector<std::string> lines;
    for (std::size_t row = 0; row < dataset.size(); ++row) {
      const auto pixels = dataset.pixels(row);
      lines.push_back(dataset.classes()[static_cast<std::size_t>(dataset.label(row))] + " " + dataset.partName(row) +
                      " " + std::string(pixels.begin(), pixels.end()));
    }
    return lines;
  }

  std::string errorOf(const DataOptions& options, const Reading& reading = {1, &readBytes}) const {
    try {
      loadDataset(options, reading);
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      return error.what();
    }
    return "no error";
  }
  std::string errorOf() const { return errorOf(options()); }

  test::TempFolder root_;
};

TEST_F(Folder, TakesClassesFromItsFolders) {
  put("wink/b.png", "12");
  put("wink/a.JPG", "34");
  put("nod/c.webp", "56");
  const LoadedData loaded = load();
  EXPECT_THAT(rows(loaded.dataset), ElementsAre("nod  56", "wink  34", "wink  12"));
  EXPECT_THAT(loaded.options.classes, ElementsAre("nod", "wink"));
  EXPECT_EQ(loaded.options.protocol, "fractions");
  EXPECT_EQ(loaded.dataset.parts(), fer2013Parts());
  EXPECT_THAT(loaded.notes, ElementsAre("classes of the folders: nod, wink",
                                        "no train and test among the folders: all pictures are cut by data.fractions"));
}

TEST_F(Folder, WithoutPartsIsCutByNoFolds) {
  put("wink/a.png", "12");
  put("nod/b.png", "34");
  DataOptions folds = options();
  folds.protocol = "kfold";
  try {
    loadForTraining(folds, {1, &readBytes});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kData);
    EXPECT_THAT(error.what(), HasSubstr("data.protocol=kfold needs rows of usage Training, PrivateTest"));
  }
}

TEST_F(Folder, TakesPartsFromTheFoldersAbove) {
  put("train/wink/a.png", "12");
  put("val/wink/a.png", "34");
  put("Test/nod/a.png", "56");
  const LoadedData loaded = load();
  EXPECT_THAT(rows(loaded.dataset), ElementsAre("wink train 12", "wink validation 34", "nod test 56"));
  EXPECT_EQ(loaded.options.protocol, "original");
  EXPECT_EQ(loaded.dataset.parts(), ownParts());
}

TEST_F(Folder, CutsValidationFromTrainWhereThereIsNone) {
  for (int i = 0; i < 10; ++i)
    for (const char* name : {"wink", "nod"}) put("train/" + std::string(name) + "/" + std::to_string(i) + ".png");
  put("test/wink/a.png");
  const TrainingData data = loadForTraining(options(), {1, &readBytes});
  EXPECT_EQ(data.train.size(), 16U);
  EXPECT_EQ(data.validation.size(), 4U);
  EXPECT_EQ(data.test_rows, 1U);
  EXPECT_THAT(data.options.classes, ElementsAre("nod", "wink"));
}

TEST_F(Folder, KnowsFer2013sClassesInAnyCaseAndTheirOrder) {
  for (const char* name : {"Angry", "Disgust", "FEAR", "happy", "neutral", "Sad", "surprise"})
    put("train/" + std::string(name) + "/a.png");
  EXPECT_EQ(load().dataset.classes(), fer2013Classes());
  EXPECT_THAT(load().dataset.columns().labels, ElementsAre(0, 1, 2, 4, 3, 6, 5));  // by path: Sad before happy
}

TEST_F(Folder, KeepsTheOrderThatAConfigNames) {
  put("a/1.png");
  put("B/1.png");
  DataOptions wanted = options();
  wanted.classes = {"b", "a"};
  const LoadedData loaded = loadDataset(wanted, {1, &readBytes});
  EXPECT_THAT(loaded.dataset.classes(), ElementsAre("b", "a"));
  EXPECT_THAT(rows(loaded.dataset), ElementsAre("b  ab", "a  ab"));
  wanted.classes = {"b", "c"};
  EXPECT_THAT(errorOf(wanted), HasSubstr("not data.classes: no folder for c; no class for the folder a"));
  EXPECT_THAT(loadOtherDataset(wanted, {1, &readBytes}).dataset.classes(), ElementsAre("B", "a"));
}

TEST_F(Folder, IsTheCsvWhereNamesSayFer2013sRows) {
  put("train/happy/Training_9.png", "12");
  put("train/sad/Training_10.png", "34");
  put("test/happy/PrivateTest_3.png", "56");
  put("test/sad/PublicTest_4.png", "78");
  const LoadedData loaded = load();
  EXPECT_THAT(rows(loaded.dataset),
              ElementsAre("happy Training 12", "sad Training 34", "sad PublicTest 78", "happy PrivateTest 56"));
  DatasetColumns columns{{'1', '2', '3', '4', '7', '8', '5', '6'}, {0, 1, 1, 0}, {0, 0, 1, 2}, {0, 1, 2, 3}};
  EXPECT_EQ(dataHash(loaded.dataset), dataHash({{1, 1, 2}, {"happy", "sad"}, columns}));
}

TEST_F(Folder, KeepsTheRowsOfAConvertedDataset) {
  put("test/sad/PublicTest_0.png", "12");
  put("train/happy/Training_2.png", "34");
  put("train/sad/Training_1.png", "56");
  EXPECT_THAT(rows(load().dataset), ElementsAre("sad PublicTest 12", "sad Training 56", "happy Training 34"));
}

TEST_F(Folder, BelievesTheFolderWhereANameContradictsIt) {
  put("train/happy/PrivateTest_7.png", "12");
  put("test/sad/Training_8.png", "34");
  EXPECT_THAT(rows(load().dataset), ElementsAre("happy train 12", "sad test 34"));
}

TEST_F(Folder, LeavesOutWhatCannotBeRead) {
  put("a/1.png", "?");
  put("a/2.png", "12");
  put("b/3.png", "34");
  fs::create_symlink("nowhere", root_ / "b/4.png");
  const LoadedData loaded = load();
  EXPECT_THAT(rows(loaded.dataset), ElementsAre("a  12", "b  34"));
  EXPECT_THAT(loaded.dataset.columns().row_ids, ElementsAre(1, 2));
  EXPECT_THAT(loaded.notes, Contains(AllOf(HasSubstr("warning: left out, 2 of 4 pictures cannot be read:\n  "),
                                           HasSubstr("a/1.png: damaged\n  "), HasSubstr("b/4.png"))));
  DataOptions strict = options();
  strict.unreadable = "fail";
  EXPECT_THAT(errorOf(strict), AllOf(HasSubstr("2 of 4 pictures cannot be read"), HasSubstr("data.unreadable=skip")));
}

TEST_F(Folder, ListsTheFirstTwentyUnreadable) {
  put("a/ok.png");
  put("b/ok.png");
  for (int i = 100; i < 150; ++i) put("b/" + std::to_string(i) + ".png", "?");
  for (const unsigned threads : {1U, 4U}) {
    const std::string all = load(threads).notes[1];
    EXPECT_THAT(all, AllOf(HasSubstr("50 of 52 pictures cannot be read (first 20 shown):"), HasSubstr("b/119.png")));
    EXPECT_EQ(all.find("b/120.png"), std::string::npos);
  }
  fs::remove(root_ / "a/ok.png");
  fs::remove(root_ / "b/ok.png");
  EXPECT_THAT(errorOf(), HasSubstr("50 of 50 pictures cannot be read"));
}

TEST_F(Folder, DoesNotDependOnThreadsAndDecodesEachOnce) {
  for (int i = 0; i < 200; ++i) put((i % 3 == 0 ? "a/" : "b/") + std::to_string(i) + ".png", std::to_string(1000 + i));
  const LoadedData one = load(1);
  std::mutex mutex;
  std::multiset<std::string> seen;
  const LoadedData many = loadDataset(options(), {7, [&](const fs::path& file, ImageShape shape, auto pixels) {
                                                    const std::lock_guard lock(mutex);
                                                    seen.insert(file.string());
                                                    return readBytes(file, shape, pixels);
                                                  }});
  EXPECT_EQ(dataHash(one.dataset), dataHash(many.dataset));
  EXPECT_EQ(one.notes, many.notes);
  EXPECT_THAT(one.notes, Contains("200 of 200 pictures were resized to 1 x 2"));
  EXPECT_EQ(seen.size(), 200U);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 200U);
}

TEST_F(Folder, SaysWhatItPassesOver) {
  put("a/1.png");
  put("b/deep/er/1.png");
  put("a/notes.txt");
  put("a/.hidden.png");
  put(".git/x/1.png");
  put("outside.png");
  fs::create_directories(root_ / "empty");
  fs::create_symlink("..", root_ / "a/loop");
  fs::create_symlink("../b/deep", root_ / "a/again");
  ASSERT_EQ(::mkfifo((root_ / "a/pipe.png").c_str(), 0600), 0);
  const LoadedData loaded = load();
  EXPECT_EQ(loaded.dataset.size(), 2U);
  EXPECT_THAT(loaded.dataset.classes(), ElementsAre("a", "b", "empty"));
  EXPECT_THAT(loaded.notes, Contains("1 class folders without a picture (empty)"));
  EXPECT_THAT(loaded.notes, Contains("1 pictures outside the folders of classes were passed over (outside.png)"));
  EXPECT_THAT(loaded.notes, Contains(HasSubstr("2 files that are no pictures by their names were passed over (a/")));
  EXPECT_THAT(loaded.notes, Contains(HasSubstr("2 links to folders that were read already were passed over (")));
}

TEST_F(Folder, EndsWhereEveryFolderLinksToAllOthers) {
  for (int i = 0; i < 30; ++i) put("f" + std::to_string(i) + "/1.png");
  for (int i = 0; i < 30; ++i)
    for (int j = 0; j < 30; ++j)
      fs::create_symlink("../f" + std::to_string(j), root_ / ("f" + std::to_string(i) + "/l" + std::to_string(j)));
  EXPECT_EQ(load().dataset.size(), 30U);
}

TEST_F(Folder, RefusesTreesThatAreNoDataset) {
  EXPECT_THAT(errorOf(), HasSubstr("no pictures: expected jpg, png, bmp or webp files in a folder for each class"));
  put("outside.png");
  EXPECT_THAT(errorOf(), HasSubstr("no pictures in folders of classes"));
  put("happy/1.png");
  EXPECT_THAT(errorOf(), HasSubstr("a single folder of a class, happy"));
  put("train/happy/1.png");
  EXPECT_THAT(errorOf(), HasSubstr("holds the folder train beside happy"));
  fs::remove_all(root_ / "train");
  for (int i = 0; i < 257; ++i) fs::create_directories(root_ / ("c" + std::to_string(i)));
  EXPECT_THAT(errorOf(), HasSubstr("more than 256 folders that would be classes"));
}

TEST_F(Folder, RefusesMoreThanMemoryHolds) {
  put("a/1.png");
  put("b/1.png");
  DataOptions large = options();
  large.shape = {3, 2'000'000, 2'000'000};
  EXPECT_THAT(errorOf(large), HasSubstr("its 2 pictures take 24000.0 GB in memory, this machine has"));
}

TEST_F(Folder, WantsABuildThatReadsPictures) {
  put("a/1.png");
  EXPECT_THAT(errorOf(options(), {}), HasSubstr("built without OpenCV"));
}

}  // namespace
}  // namespace fer::data
