#include "fer/data/csv/fer_csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "data/csv/opening.hpp"
#include "fer/data/labels.hpp"
#include "support/csv_text.hpp"

namespace fer::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using tests::errorOf;
using tests::readText;

const CsvFormat kTiny{{1, 1, 3}, {"a", "b", "c"}, true};
const CsvFormat kTinyWithoutUsage{{1, 1, 3}, {"a", "b", "c"}, false};
const CsvFormat kFer{{}, fer2013Classes(), true};

/// "0 0 0 ... 0": an image of FER-2013.
std::string blank() {
  std::string text = "0";
  for (int i = 1; i < 48 * 48; ++i) text += " 0";
  return text;
}

/// `blank()` with pixel `number` (from 1) written as `word`.
std::string blankBut(std::size_t number, const std::string& word) {
  return blank().replace((number - 1) * 2, 1, word);
}

TEST(FerCsv, ReadsRowsInOrder) {
  const Dataset dataset =
      readText("emotion,pixels,Usage\n2,7 80 255,Training\n0,1 2 3,PublicTest\n1,0 0 0,PrivateTest\n", kTiny);
  EXPECT_EQ(dataset.shape(), (ImageShape{1, 1, 3}));
  EXPECT_THAT(dataset.classes(), ElementsAre("a", "b", "c"));
  EXPECT_THAT(dataset.columns().pixels, ElementsAre(7, 80, 255, 1, 2, 3, 0, 0, 0));
  EXPECT_THAT(dataset.columns().labels, ElementsAre(2, 0, 1));
  EXPECT_THAT(dataset.columns().parts, ElementsAre(kTraining, kPublicTest, kPrivateTest));
  EXPECT_THAT(dataset.columns().row_ids, ElementsAre(0, 1, 2));
}

TEST(FerCsv, ReadsRowsWithoutLabels) {
  const CsvFormat format{{1, 1, 3}, {"a", "b", "c"}, false, false};
  for (const char* text : {"pixels\n7 80 255\n1 2 3\n", "Usage,pixels\n,7 80 255\nPublicTest,1 2 3\n",
                           "pixels,emotion\n7 80 255,99\n1 2 3,who knows\n"}) {
    const Dataset dataset = readText(text, format);
    EXPECT_THAT(dataset.columns().pixels, ElementsAre(7, 80, 255, 1, 2, 3)) << text;
    EXPECT_THAT(dataset.columns().labels, ElementsAre(0, 0)) << text;
  }
  EXPECT_THAT(errorOf("emotion,Usage\n", format), HasSubstr("no column `pixels`: expected a header line `pixels`"));
  EXPECT_THAT(errorOf("pixels\n7 80\n", format), HasSubstr("x.csv:2:"));
}

// Every text holds the rows (2: 7 80 255, Training) and (0: 1 2 3, PublicTest).
TEST(FerCsv, AcceptsWhatPeopleMakeOfTheFile) {
  struct Case {
    const char* what;
    const char* text;
  };
  const Case cases[] = {
      {"no final line break", "emotion,pixels,Usage\n2,7 80 255,Training\n0,1 2 3,PublicTest"},
      {"CRLF", "emotion,pixels,Usage\r\n2,7 80 255,Training\r\n0,1 2 3,PublicTest\r\n"},
      {"CRCRLF, of a csv.writer on Windows",
       "emotion,pixels,Usage\r\r\n2,7 80 255,Training\r\r\n0,1 2 3,PublicTest\r\r\n"},
      {"CR alone", "emotion,pixels,Usage\r2,7 80 255,Training\r0,1 2 3,PublicTest\r"},
      {"CR alone, none at the end", "emotion,pixels,Usage\r2,7 80 255,Training\r0,1 2 3,PublicTest"},
      {"rows that Excel emptied",
       "emotion,pixels,Usage\n,,\n2,7 80 255,Training\n, ,\t\n,,\n0,1 2 3,PublicTest\n,,,,\n"},
      {"such rows, then blank lines", "emotion,pixels,Usage\n2,7 80 255,Training\n0,1 2 3,PublicTest\n\n,,\n\n"},
      {"labels as words", "emotion,pixels,Usage\nc,7 80 255,Training\nA,1 2 3,PublicTest\n"},
      {"CRLF, no final line feed", "emotion,pixels,Usage\r\n2,7 80 255,Training\r\n0,1 2 3,PublicTest\r"},
      {"byte order mark",
       "\xEF\xBB\xBF"
       "emotion,pixels,Usage\n2,7 80 255,Training\n0,1 2 3,PublicTest\n"},
      {"all quoted",
       "\"emotion\",\"pixels\",\"Usage\"\n\"2\",\"7 80 255\",\"Training\"\n\"0\",\"1 2 3\",\"PublicTest\"\n"},
      {"mark, then quotes", "\xEF\xBB\xBF\"emotion\",pixels,Usage\n2,7 80 255,Training\n0,1 2 3,PublicTest\n"},
      {"blanks around quotes", "emotion,pixels,Usage\n2, \"7 80 255\" ,Training\n0,\t\"1 2 3\",PublicTest\n"},
      {"Kaggle's icml edition", "emotion, Usage, pixels\n2,Training,7 80 255\n0,PublicTest,1 2 3\n"},
      {"pixels first", "pixels,emotion,Usage\n7 80 255,2,Training\n1 2 3,0,PublicTest\n"},
      {"names in any case", "EMOTION,Pixels,usage\n2,7 80 255,Training\n0,1 2 3,PublicTest\n"},
      {"further columns", "id,emotion,,pixels,Usage,note\n9,2,x,7 80 255,Training,\n8,0,,1 2 3,PublicTest,a b\n"},
      {"further columns with quotes",
       "note,emotion,pixels,Usage\n\"a, \"\"b\"\"\",2,7 80 255,Training\n\"\",0,1 2 3,PublicTest\n"},
      {"blank lines at the end", "emotion,pixels,Usage\n2,7 80 255,Training\n0,1 2 3,PublicTest\n\n \t\r\n\n"},
      {"blanks around values", "emotion,pixels,Usage\n 2 , 7 80 255 , Training \n0\t,1 2 3 ,PublicTest\t\n"},
      {"more blanks between pixels", "emotion,pixels,Usage\n2,7  80\t255,Training\n0,  1  2  3,PublicTest\n"},
      {"leading zeros", "emotion,pixels,Usage\n02,007 080 0255,Training\n0,01 2 3,PublicTest\n"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    ASSERT_EQ(errorOf(c.text, kTiny), "");
    const Dataset dataset = readText(c.text, kTiny);
    EXPECT_THAT(dataset.columns().pixels, ElementsAre(7, 80, 255, 1, 2, 3));
    EXPECT_THAT(dataset.columns().labels, ElementsAre(2, 0));
    EXPECT_THAT(dataset.columns().parts, ElementsAre(kTraining, kPublicTest));
    EXPECT_THAT(dataset.columns().row_ids, ElementsAre(0, 1));
  }
}

TEST(FerCsv, CountsRowsOfCommasAlone) {
  EXPECT_EQ(readText("emotion,pixels,Usage\n,,\n2,7 80 255,Training\n,,,,\n , , \n", kTiny).columns().empty_rows, 3U);
  EXPECT_EQ(readText("emotion,pixels,Usage\n2,7 80 255,Training\n\n", kTiny).columns().empty_rows, 0U);
  EXPECT_EQ(errorOf("emotion,pixels,Usage\n2,7 80 255,Training\n,,\n\n,,\n2,7 80 255,Training\n", kTiny),
            "x.csv:4:1: a blank line: expected a row");
  EXPECT_EQ(errorOf("emotion,pixels,Usage\n,,\n", kTiny),
            "x.csv: no rows follow the header: expected one row an image");
}

TEST(FerCsv, TakesNamesOfClassesForLabels) {
  const CsvFormat format{{1, 1, 3}, {"Sad", "sad", "Happy", "1"}, true};
  const Dataset dataset = readText(
      "emotion,pixels,Usage\nsad,0 0 0,Training\nSad,0 0 0,Training\nhappy,0 0 0,Training\n"
      "\" HAPPY \",0 0 0,Training\n1,0 0 0,Training\n",
      format);
  EXPECT_THAT(dataset.columns().labels, ElementsAre(1, 0, 2, 2, 1)) << "a number is never a name";
  EXPECT_THAT(errorOf("emotion,pixels,Usage\nSAD,0 0 0,Training\n", format), HasSubstr("label `SAD` is not"))
      << "which?";
}

TEST(FerCsv, NamesTheKeysOfTheSizeWhereAllRowsHaveAnother) {
  const auto rows = [](int count, std::size_t pixels) {
    std::string text = "emotion,pixels,Usage\n";
    std::string image = "0";
    for (std::size_t i = 1; i < pixels; ++i) image += " 0";
    for (int i = 0; i < count; ++i) text += "0," + image + ",Training\n";
    return text;
  };
  const std::string asked =
      " pixels, expected 2304 (data.height=48 data.width=48 data.channels=1). Say what the images are: fer-train with "
      "--set ";
  const std::string tools =
      "; fer-data with --height, --width, --channels. A trained network takes images of its own size only.";
  EXPECT_EQ(errorOf(rows(30, 4096), kFer),
            "x.csv: all 30 rows hold 4096" + asked + "data.height=64 data.width=64, where they are square" + tools);
  EXPECT_EQ(errorOf(rows(2, 6912), kFer), "x.csv: all 2 rows hold 6912" + asked +
                                              "data.height=48 data.width=48 data.channels=3, where they are square" +
                                              tools);
  EXPECT_EQ(errorOf(rows(2, 2305), kFer), "x.csv: all 2 rows hold 2305" + asked + "data.height=H data.width=W" + tools);
  for (const std::string& more : {"0," + blank() + ",Training\n", std::string("0,1 2,Training\n"), std::string("0\n")})
    EXPECT_THAT(errorOf(rows(2, 2305) + more, kFer), HasSubstr("faulty rows:\n  x.csv:2:3: pixels: expected 2304"))
        << more;
}

TEST(FerCsv, NamesFilesThatAreNoText) {
  using namespace std::string_literals;
  struct Case {
    std::string bytes;
    const char* error;
  };
  const std::string tar = std::string(257, 'x') + "ustar\0"s + "00";
  const Case cases[] = {
      {"\x1f\x8b\x08\0"s,
       "x.csv: gzip-compressed: expected a CSV, a text in UTF-8. Unpack it: gzip -dc x.csv > x-text.csv, and name "
       "that."},
      {"PK\x03\x04\x14\0"s,
       "x.csv: a zip archive: expected a CSV, a text in UTF-8. Unpack it: unzip x.csv, and name the CSV that comes "
       "out."},
      {"PK\x03\x04\x14\0 [Content_Types].xml"s,
       "x.csv: a workbook: expected a CSV, a text in UTF-8. Save it as CSV (UTF-8) and name that."},
      {tar,
       "x.csv: a tar archive: expected a CSV, a text in UTF-8. Unpack it: tar -xf x.csv, and name the CSV that comes "
       "out."},
      {"\xff\xfe"
       "e\0m\0"s,
       "x.csv: a text in UTF-16: expected a CSV, a text in UTF-8. Save it as CSV UTF-8, or convert it: iconv -f UTF-16 "
       "-t UTF-8 x.csv > x-text.csv, and name that."},
      {"\xfe\xff\0e\0m"s, "x.csv: a text in UTF-16: "},
      {"e\0m\0o\0t\0"s, "x.csv: a text in UTF-16: "},
      {"\0e\0m\0o\0t"s, "x.csv: a text in UTF-16: "},
      {"\xff\xfe\0\0e\0\0\0"s, "x.csv: a text in UTF-32: "},
      {"BZh91AY", "x.csv: bzip2-compressed: "},
      {"\xFD"
       "7zXZ\0"s,
       "x.csv: xz-compressed: "},
      {"PAR1", "x.csv: a Parquet file: "},
  };
  for (const Case& c : cases) EXPECT_THAT(errorOf(c.bytes, kTiny), StartsWith(c.error));
}

TEST(FerCsv, UnpacksIntoAnotherFile) {
  const auto error = [](const std::string& name) -> std::string {
    try {
      csv::textOf(tests::sourceOf("\x1f\x8b\x08"), name);
    } catch (const Error& refused) {
      return refused.what();
    }
    return "";
  };
  EXPECT_THAT(error("my data/fer2013.csv.gz"),
              HasSubstr("gzip -dc 'my data/fer2013.csv.gz' > 'my data/fer2013.csv', and"));
  EXPECT_THAT(error("fer2013.gz"), HasSubstr("gzip -dc fer2013.gz > fer2013.csv, and"));
  EXPECT_THAT(error("fer2013.tar.gz"), HasSubstr("tar -xf fer2013.tar.gz, and name the CSV that comes out."));
}

TEST(FerCsv, TakesAMissingUsageWhereNoneIsRequired) {
  const Dataset without = readText("emotion,pixels\n2,7 80 255\n", kTinyWithoutUsage);
  EXPECT_THAT(without.columns().parts, ElementsAre(kNoPart));
  const Dataset mixed = readText("emotion,pixels,Usage\n2,7 80 255,\n0,1 2 3,Training\n", kTinyWithoutUsage);
  EXPECT_THAT(mixed.columns().parts, ElementsAre(kNoPart, kTraining));
  EXPECT_EQ(errorOf("emotion,pixels,Usage\n2,7 80 255,Test\n", kTinyWithoutUsage),
            "x.csv:2:12: usage `Test` is unknown: expected Training, PublicTest or PrivateTest");
}

TEST(FerCsv, ReadsThePartsOfOtherDatasets) {
  const Dataset own = readText("emotion,pixels,Usage\n2,7 80 255,train\n0,1 2 3,test\n0,1 2 3,validation\n", kTiny);
  EXPECT_EQ(own.parts(), ownParts());
  EXPECT_EQ(own.partName(0) + " " + own.partName(1) + " " + own.partName(2), "train test validation");
  const Dataset partly = readText("emotion,pixels,Usage\n2,7 80 255,\n0,1 2 3,test\n", kTinyWithoutUsage);
  EXPECT_EQ(partly.partName(0) + "," + partly.partName(1), ",test");
  EXPECT_THAT(
      errorOf("emotion,pixels,Usage\n2,7 80 255,train\n0,1 2 3,PublicTest\n", kTiny),
      HasSubstr("x.csv: the column Usage mixes Training, PublicTest, PrivateTest with train, validation, test"));
}

TEST(FerCsv, RefusesRowsThatAreNotImagesOfFer2013) {
  struct Case {
    std::string row;
    const char* error;
  };
  const Case cases[] = {
      {"0,1 2 3,Training", "x.csv:2:3: pixels: expected 2304 values, found 3"},
      {"0," + blank() + " 0,Training", "x.csv:2:3: pixels: expected 2304 values, found 2305"},
      {"0," + blank().substr(2) + ",Training", "x.csv:2:3: pixels: expected 2304 values, found 2303"},
      {"0,,Training", "x.csv:2:3: pixels: expected 2304 values, found 0"},
      {"0," + blankBut(87, "256") + ",Training", "x.csv:2:175: pixel value 256 is outside 0..255 (pixel 87)"},
      {"0," + blankBut(1, "-1") + ",Training", "x.csv:2:3: pixel value -1 is outside 0..255 (pixel 1)"},
      {"0," + blankBut(2304, "999") + ",Training", "x.csv:2:4609: pixel value 999 is outside 0..255 (pixel 2304)"},
      {"7," + blank() + ",Training", "x.csv:2:1: label 7 is outside 0..6"},
      {"-1," + blank() + ",Training", "x.csv:2:1: label -1 is outside 0..6"},
      {"joy," + blank() + ",Training",
       "x.csv:2:1: label `joy` is not a whole number 0..6, nor the name of a class (angry, disgust, fear, happy, sad, "
       "surprise, neutral)"},
      {"0," + blank() + ",training",
       "x.csv:2:4611: usage `training` is unknown: expected Training, PublicTest or PrivateTest"},
      {"0," + blank(), "x.csv:2:4610: expected 3 fields as in the header, found 2"},
  };
  for (const Case& c : cases) EXPECT_EQ(errorOf("emotion,pixels,Usage\n" + c.row + "\n", kFer), c.error);
}

TEST(FerCsv, SaysWhereARowIsWrongAndWhatWasExpected) {
  struct Case {
    std::string row;
    std::string error;
  };
  const std::string usages = ": expected Training, PublicTest or PrivateTest";
  const Case cases[] = {
      {"0,1 2 3", "x.csv:2:8: expected 3 fields as in the header, found 2"},
      {"0", "x.csv:2:2: expected 3 fields as in the header, found 1"},
      {"0,1,2,3,Training", "x.csv:2:17: expected 3 fields as in the header, found 5"},
      {"0,1 2 3,Training,", "x.csv:2:18: expected 3 fields as in the header, found 4"},
      {"0,1 2 x,Training", "x.csv:2:7: pixel value `x` is not a whole number 0..255 (pixel 3)"},
      {"0,1.5 2 3,Training", "x.csv:2:3: pixel value `1.5` is not a whole number 0..255 (pixel 1)"},
      {"0,1 +2 3,Training", "x.csv:2:5: pixel value `+2` is not a whole number 0..255 (pixel 2)"},
      {"0,1 2:3 4,Training", "x.csv:2:5: pixel value `2:3` is not a whole number 0..255 (pixel 2)"},
      {"0,1 2 1000,Training", "x.csv:2:7: pixel value 1000 is outside 0..255 (pixel 3)"},
      {"0,1 2 99999999999999999999,Training",
       "x.csv:2:7: pixel value `99999999999999999999` is outside 0..255 (pixel 3)"},
      {"0,1 2 \xC3\xA9,Training", "x.csv:2:7: pixel value `\\xc3\\xa9` is not a whole number 0..255 (pixel 3)"},
      {"0,1 2 3\r,Training", "x.csv:2:7: pixel value `3\\x0d` is not a whole number 0..255 (pixel 3)"},
      {",1 2 3,Training", "x.csv:2:1: label `` is not a whole number 0..2"},
      {"4294967296,1 2 3,Training", "x.csv:2:1: label 4294967296 is outside 0..2"},
      {"0,1 2 3,", "x.csv:2:9: usage `` is unknown" + usages},
      {"0,1 2 3,Training2", "x.csv:2:9: usage `Training2` is unknown" + usages},
      {"0,\"1 2 3,Training", "x.csv:2:3: the quote is not closed on its line: expected \""},
      {"0,\"1 2 3,,Training", "x.csv:2:3: the quote is not closed on its line: expected \""},
      {"0,\"1 2 3\"\",Training", "x.csv:2:3: the quote is not closed on its line: expected \""},
      {"0,\"1 2 3\"4,Training", "x.csv:2:10: expected a comma after the closing quote"},
      {"0,\"1 \"\"2 3\",Training", "x.csv:2:6: pixel value `\"\"2` is not a whole number 0..255 (pixel 2)"},
      {std::string("0,1\0002 3,Training", 16), "x.csv:2:4: a NUL byte: expected text"},
      {std::string("0,1 2 3,Train\0", 14), "x.csv:2:14: a NUL byte: expected text"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(errorOf("emotion,pixels,Usage\n" + c.row + "\n", kTiny), c.error);
    EXPECT_EQ(errorOf("emotion,pixels,Usage\n" + c.row, kTiny), c.error) << "without a final line break";
    EXPECT_EQ(errorOf("emotion,pixels,Usage\r\n" + c.row + "\r\n", kTiny), c.error) << "with CRLF";
  }
}

TEST(FerCsv, RefusesANulByteEvenInAnIgnoredColumn) {
  const std::string text("note,emotion,pixels,Usage\na\0b,0,1 2 3,Training\n", 47);
  EXPECT_EQ(errorOf(text, kTiny), "x.csv:2:2: a NUL byte: expected text");
}

TEST(FerCsv, RefusesTextsWithoutAProperHeader) {
  const std::string expected = "expected a header line `emotion,pixels,Usage`";
  const std::string no_usage =
      ". Kaggle's train.csv is like that: name fer2013.csv or icml_face_data.csv, which say of each row what it is "
      "for, "
      "or cut its rows by shares with data.protocol=fractions";
  struct Case {
    std::string text;
    std::string error;
  };
  const Case cases[] = {
      {"", "x.csv:1:1: the file is empty: expected a header line `emotion,pixels,Usage` and rows"},
      {"\xEF\xBB\xBF", "x.csv:1:1: " + expected + ", found a blank line"},
      {"\n0,1 2 3,Training\n", "x.csv:1:1: " + expected + ", found a blank line"},
      {"emotion,pixels,Usage\n", "x.csv: no rows follow the header: expected one row an image"},
      {"emotion,pixels,Usage", "x.csv: no rows follow the header: expected one row an image"},
      {"emotion,pixels,Usage\r\n\r\n \n", "x.csv: no rows follow the header: expected one row an image"},
      {"0,1 2 3,Training\n1,1 2 3,Training\n", "x.csv:1:1: " + expected + ", found a row"},
      {"\"0\",\"1 2 3\",\"Training\"\n", "x.csv:1:1: " + expected + ", found a row"},
      {"label;image\n", "x.csv:1:1: " + expected + ", found `label;image`"},
      {"emotion,Usage\n0,Training\n", "x.csv:1:1: the header has no column `pixels`: " + expected},
      {"pixels,Usage\n1 2 3,Training\n",
       "x.csv:1:1: the header has no column `emotion`: " + expected +
           ". Kaggle's test.csv is like that, its images have no labels: name fer2013.csv or icml_face_data.csv, which "
           "say of each row what it is for"},
      {"emotion,pixels\n0,1 2 3\n", "x.csv:1:1: the header has no column `Usage`: " + expected + no_usage},
      {"\xEF\xBB\xBF"
       "emotion,pixels\n",
       "x.csv:1:1: the header has no column `Usage`: " + expected + no_usage},
      {"\xEF\xBB\xBF"
       "emotion,pixels,Usage,usage\n",
       "x.csv:1:25: the header has the column `Usage` twice: expected it once"},
      {"emotion,pixels,Usage, PIXELS\n", "x.csv:1:22: the header has the column `pixels` twice: expected it once"},
      {"emotion,\"pixels,Usage\n", "x.csv:1:9: the quote is not closed on its line: expected \""},
      {std::string("em\0otion\n", 9), "x.csv:1:3: a NUL byte: expected a text file in UTF-8"},
  };
  for (const Case& c : cases) EXPECT_EQ(errorOf(c.text, kTiny), c.error) << c.text;
}

TEST(FerCsv, RefusesBlankLinesBetweenRows) {
  EXPECT_EQ(errorOf("emotion,pixels,Usage\n\n0,1 2 3,Training\n", kTiny), "x.csv:2:1: a blank line: expected a row");
  EXPECT_EQ(errorOf("emotion,pixels,Usage\n0,1 2 3,Training\n \r\n\n0,1 2 3,Training\n\n", kTiny),
            "x.csv:3:1: a blank line: expected a row");
}

TEST(FerCsv, ListsTwentyFaultsAndCountsAll) {
  std::string text = "emotion,pixels,Usage\n";
  for (int i = 0; i < 2; ++i) text += "0,1 2 3,Training\n3,1 2 3,Training\n";
  EXPECT_EQ(errorOf(text, kTiny),
            "x.csv: 2 faulty rows:\n  x.csv:3:1: label 3 is outside 0..2\n  x.csv:5:1: label 3 is outside 0..2");
  for (int i = 0; i < 30; ++i) text += "0,1 2,Training\n";
  const std::string error = errorOf(text, kTiny);
  EXPECT_THAT(error, StartsWith("x.csv: 32 faulty rows (first 20 shown):\n  x.csv:3:1: label 3 is outside 0..2\n"));
  EXPECT_THAT(error, HasSubstr("\n  x.csv:23:3: pixels: expected 3 values, found 2"));
  EXPECT_EQ(std::count(error.begin(), error.end(), '\n'), 20);
}

TEST(FerCsv, StopsAtALineLongerThanAnyRow) {
  constexpr std::size_t kLimit = 3 * 4 + 65536;  // four bytes a pixel and 64 KiB
  const std::string header = "emotion,pixels,Usage,note\n";
  const std::string row = "0,1 2 3,Training,";
  EXPECT_EQ(errorOf(header + row + std::string(kLimit - row.size(), 'x') + "\n", kTiny), "");
  const std::string error =
      "x.csv:2:65549: the line is longer than the 65548 bytes that a row of 1 x 3 pixels may have; what follows was "
      "not "
      "read. Say data.height and data.width where the images are larger";
  EXPECT_EQ(errorOf(header + row + std::string(kLimit - row.size() + 1, 'x') + "\nbad row\n", kTiny), error);
  EXPECT_EQ(errorOf(header + std::string(kLimit + 1, ' ') + "\n", kTiny), error);
  EXPECT_THAT(errorOf(std::string(kLimit + 1, 'e'), kTiny), StartsWith("x.csv:1:65549: the line is longer"));
}

TEST(FerCsv, ReadsAnEndlessLineInBoundedMemory) {
  std::size_t handed_out = 0;
  const csv::ByteSource endless = [&handed_out](std::span<char> room) {
    std::fill(room.begin(), room.end(), '1');
    handed_out += room.size();
    return room.size();
  };
  EXPECT_THROW(csv::readFerCsv(endless, "x.csv", kTiny, {}), Error);
  EXPECT_LE(handed_out, csv::StreamOptions{}.block_bytes * 2);
}

TEST(FerCsv, RefusesFormatsThatNoRowCanHave) {
  EXPECT_THROW(readText("emotion,pixels,Usage\n", {{1, 0, 3}, {"a"}, true}), std::invalid_argument);
  EXPECT_THROW(readText("emotion,pixels,Usage\n", {{1, 1, 3}, {}, true}), std::invalid_argument);
  EXPECT_THROW(readText("emotion,pixels,Usage\n", {{1, 1, 3}, std::vector<std::string>(257, "a"), true}),
               std::invalid_argument);
}

}  // namespace
}  // namespace fer::data
