#include "fer/data/csv/fer_csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <thread>

#include "fer/core/files/files.hpp"
#include "fer/core/hash.hpp"
#include "fer/core/random.hpp"
#include "fer/data/labels.hpp"
#include "support/csv_text.hpp"

namespace fer::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using tests::errorOf;
using tests::readText;

const CsvFormat kColour{{3, 32, 40}, {"one", "two", "three", "four", "five"}, true};
const CsvFormat kThreePixels{{1, 1, 3}, {"a", "b", "c"}, true};
constexpr const char* kTinyText = "emotion,pixels,Usage\n2,7 80 255,Training\n";

/// Files in a folder of its own, removed at the end.
class FerCsvFile : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = ::testing::TempDir() + "fer_csv_XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string errorOfFile(const std::filesystem::path& path) {
    try {
      readFerCsv(path, kThreePixels);
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      return error.what();
    }
    return "";
  }

  std::filesystem::path folder_;
};

Dataset randomDataset(const CsvFormat& format, std::uint32_t rows) {
  RandomStream random(3, Purpose::kSynth);
  DatasetColumns columns;
  for (std::uint32_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < format.shape.size(); ++i)
      columns.pixels.push_back(static_cast<std::uint8_t>(random.below(256)));
    columns.labels.push_back(static_cast<std::uint8_t>(row % format.classes.size()));
    columns.parts.push_back(static_cast<std::uint8_t>(random.below(3)));
    columns.row_ids.push_back(row);
  }
  return {format.shape, format.classes, std::move(columns)};
}

void expectEqual(const Dataset& a, const Dataset& b) {
  EXPECT_EQ(a.shape(), b.shape());
  EXPECT_EQ(a.classes(), b.classes());
  EXPECT_TRUE(a.columns().pixels == b.columns().pixels);
  EXPECT_TRUE(a.columns().labels == b.columns().labels);
  EXPECT_TRUE(a.columns().parts == b.columns().parts);
  EXPECT_TRUE(a.columns().row_ids == b.columns().row_ids);
}

TEST_F(FerCsvFile, ReadsBackWhatItWrites) {
  const Dataset dataset = randomDataset(kColour, 700);  // 9.6 MB of text: several blocks
  writeFerCsv(dataset, folder_ / "colour.csv");
  EXPECT_THAT(readFile(folder_ / "colour.csv", Fault::kData), StartsWith("emotion,pixels,Usage\n0,"));
  expectEqual(readFerCsv(folder_ / "colour.csv", kColour), dataset);
}

TEST_F(FerCsvFile, WritesTheFormatOfFer2013) {
  writeFerCsv(readText(kTinyText, kThreePixels), folder_ / "x.csv");
  EXPECT_EQ(readFile(folder_ / "x.csv", Fault::kData), kTinyText);
}

TEST_F(FerCsvFile, WritesNoUsageColumnWhereNoRowHasOne) {
  CsvFormat format = kThreePixels;
  format.usage_required = false;
  const std::string text = "emotion,pixels\n2,7 80 255\n";
  writeFerCsv(readText(text, format), folder_ / "x.csv");
  EXPECT_EQ(readFile(folder_ / "x.csv", Fault::kData), text);
}

TEST_F(FerCsvFile, KeepsTheEarlierFileWhereWritingFails) {
  writeFile(folder_ / "x.csv", "earlier");
  std::filesystem::create_directory(folder_ / "folder");
  EXPECT_THROW(writeFerCsv(readText(kTinyText, kThreePixels), folder_ / "folder"), Error);
  EXPECT_THROW(writeFerCsv(readText(kTinyText, kThreePixels), folder_ / "x.csv" / "y.csv"), Error);
  EXPECT_EQ(readFile(folder_ / "x.csv", Fault::kData), "earlier");
  EXPECT_THROW(writeFerCsv(readText(kTinyText, kThreePixels), "/dev/full"), Error);
}

TEST_F(FerCsvFile, ReadsPipes) {
  const Dataset dataset = randomDataset(kColour, 100);
  writeFerCsv(dataset, folder_ / "x.csv");
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  std::jthread writer([this] {
    std::ofstream(folder_ / "pipe", std::ios::binary) << std::ifstream(folder_ / "x.csv", std::ios::binary).rdbuf();
  });
  expectEqual(readFerCsv(folder_ / "pipe", kColour), dataset);
}

TEST_F(FerCsvFile, NamesThePathOfAFileThatCannotBeRead) {
  const std::string missing = (folder_ / "missing.csv").string();
  EXPECT_EQ(errorOfFile(missing), missing + ": cannot open: No such file or directory. Check the path.");
  EXPECT_EQ(errorOfFile(folder_), folder_.string() + ": cannot read: Is a directory. A file is expected here.");
  writeFile(folder_ / "x.csv", kTinyText);
  EXPECT_THAT(errorOfFile(folder_ / "x.csv" / "y.csv"), HasSubstr("Not a directory"));
  writeFile(folder_ / "bad.csv", "emotion,pixels,Usage\n9,1 2 3,Training\n");
  EXPECT_EQ(errorOfFile(folder_ / "bad.csv"), (folder_ / "bad.csv").string() + ":2:1: label 9 is outside 0..2");
}

TEST_F(FerCsvFile, NamesThePathOfAFileThatMayNotBeRead) {
  constexpr uid_t kNobody = 65534;
  writeFile(folder_ / "x.csv", kTinyText);
  std::filesystem::permissions(folder_ / "x.csv", std::filesystem::perms::none);
  const uid_t user = ::geteuid();
  ASSERT_EQ(::seteuid(user == 0 ? kNobody : user), 0);  // root may read every file
  EXPECT_EQ(errorOfFile(folder_ / "x.csv"),
            (folder_ / "x.csv").string() + ": cannot open: Permission denied. Check its permissions.");
  ASSERT_EQ(::seteuid(user), 0);
}

// Blocks of a few bytes put their borders everywhere.
TEST(FerCsvThreads, GiveTheSameRowsForAnyNumberOfThreadsAndAnyBlockSize) {
  std::string text = "emotion,pixels,Usage\r\n";
  for (int i = 0; i < 300; ++i)
    text += std::to_string(i % 3) + "," + std::to_string(i % 256) + " 80 " + std::to_string(i % 11) + ",Training\r\n";
  const Dataset expected = readText(text, kThreePixels);
  ASSERT_EQ(expected.size(), 300U);
  for (const unsigned threads : {1U, 2U, 5U})
    for (const std::size_t block_bytes : {1U, 2U, 3U, 7U, 20U, 23U, 64U, 1000U, 1U << 20U})
      expectEqual(readText(text, kThreePixels, {threads, block_bytes, 0}), expected);
}

TEST(FerCsvThreads, GiveTheSameErrorForAnyNumberOfThreadsAndAnyBlockSize) {
  const std::string header = "emotion,pixels,Usage\n";
  std::string rows;
  for (int i = 0; i < 50; ++i) rows += "0,1 2 3,Training\n" + std::string(i % 10 == 0 ? "3,1 2 3,Training\n" : "");
  const std::string too_long = std::string(70'000, '1') + "\n";
  const std::string texts[] = {
      header + rows,
      header + "\n\n" + rows + "\n\n\n" + rows + "\n\n",
      header + rows + too_long + rows,
      header + rows + too_long + rows + too_long + rows + too_long,
      header + "\n" + too_long,
      header + rows + "0,\"",
      header + "\n\n\n",
      header,
      "\n" + rows,
  };
  for (const std::string& text : texts) {
    const std::string expected = errorOf(text, kThreePixels);
    EXPECT_NE(expected, "");
    for (const unsigned threads : {1U, 2U, 5U})
      for (const std::size_t block_bytes : {1U, 2U, 3U, 7U, 20U, 64U, 1000U, 80'000U})
        EXPECT_EQ(errorOf(text, kThreePixels, {threads, block_bytes, 0}), expected);
  }
}

TEST(FerCsvThreads, PassOnTroubleInReading) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    const auto text = tests::sourceOf("emotion,pixels,Usage\n0,1 2 3,Training\n0,1 2 3,Training\n");
    const csv::ByteSource breaks_off = [&text](std::span<char> room) {
      const std::size_t count = text(room);
      if (count == 0) throw dataError("the disk is gone");
      return count;
    };
    EXPECT_THROW(csv::readFerCsv(breaks_off, "x.csv", kThreePixels, {threads, 16, 0}), Error);
  }
}

// Counts of Goodfellow et al. 2013's file; the pixels' SHA-256 is of the same images decoded by another program.
TEST(FerCsvReal, ReadsFer2013) {
  const char* path = std::getenv("FER2013_CSV");
  if (path == nullptr || *path == '\0') GTEST_SKIP() << "FER2013_CSV names no fer2013.csv";
  const Dataset dataset = readFerCsv(path, {{}, fer2013Classes(), true});
  EXPECT_EQ(dataset.size(), 35'887U);
  std::map<std::uint8_t, std::array<int, 7>> counts;
  for (std::size_t row = 0; row < dataset.size(); ++row)
    ++counts[dataset.part(row)].at(static_cast<std::size_t>(dataset.label(row)));
  EXPECT_THAT(counts[kTraining], ElementsAre(3995, 436, 4097, 7215, 4830, 3171, 4965));
  EXPECT_THAT(counts[kPublicTest], ElementsAre(467, 56, 496, 895, 653, 415, 607));
  EXPECT_THAT(counts[kPrivateTest], ElementsAre(491, 55, 528, 879, 594, 416, 626));
  Sha256 hash;
  hash.add(dataset.columns().pixels.data(), dataset.columns().pixels.size());
  EXPECT_EQ(hash.hex(), "db7e28a558dea733e7aa7698af983fb05b8e61c9cc71bba81756afb953244c57");
}

}  // namespace
}  // namespace fer::data
