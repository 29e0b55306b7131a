#include "fer/serve/rows/read_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "serve/rows/made_results.hpp"
#include "support/error_of.hpp"
#include "support/temp_folder.hpp"

namespace fer::serve {
namespace {

using fer::test::errorOf;
using test::twoSources;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kColumns =
    "source,frame,time_s,wall_time,faces,track,x,y,w,h,score,label,probability,p_angry,p_happy,p_neutral,"
    "smoothed_label,smoothed_probability,dark,blurred\n";
constexpr const char* kNow = "2026-01-02T03:04:05.678Z";

RowsRead readText(const std::string& text) {
  std::istringstream in(text);
  return readRows(in, "x.csv", twoSources(), [](const FrameResult& /*result*/) {});
}

std::string errorOfText(const std::string& text) {
  return errorOf(Fault::kData, [&] { readText(text); });
}

/// A row of one face, but for a field.
std::string faceRow(std::size_t changed, const std::string& value) {
  std::vector<std::string> fields{"camera 0", "7",     "0.28", kNow,  "1",   "4",   "1",     "2",   "3", "4",
                                  "0.5",      "happy", "0.6",  "0.3", "0.6", "0.1", "happy", "0.5", "0", "1"};
  fields[changed] = value;
  std::string row;
  for (const std::string& field : fields) row += (row.empty() ? "" : ",") + field;
  return row + "\n";
}

TEST(ReadRows, RefusesFieldsThatAreNotWhatTheirColumnHolds) {
  ASSERT_EQ(readText(kColumns + faceRow(0, "camera 0")).frames, 1);
  struct Case {
    std::size_t column;
    const char* value;
    const char* message;
  };
  const Case cases[] = {
      {0, "camera 1", "source: expected one of this run, found \"camera 1\""},
      {1, "-1", "frame: expected a whole number from 0, found \"-1\""},
      {1, "9223372036854775807", "frame: expected a whole number from 0, found \"9223372036854775807\""},
      {2, "", "time_s: expected seconds, found \"\""},
      {2, "inf", "time_s: expected seconds, found \"inf\""},
      {3, "2026-02-30T03:04:05.678Z", "wall_time: expected a time as 2026-01-02T03:04:05.678Z, found"},
      {4, "1.5", "faces: expected a whole number from 0, found \"1.5\""},
      {4, "0", "a frame without a face has one"},
      {5, "0", "track: expected a whole number from 1, found \"0\""},
      {6, "-1", "x: expected a whole number from 0, found \"-1\""},
      {8, "0", "w: expected a whole number from 1, found \"0\""},
      {9, "2147483648", "h: expected a whole number from 1, found \"2147483648\""},
      {10, "high", "score: expected a number, found \"high\""},
      {11, "angry", "label: expected the most probable class, happy, found \"angry\""},
      {11, "", "probabilities without a label"},
      {12, "0.5", "probability: expected that of happy, found \"0.5\""},
      {13, "", "p_angry: expected a probability from 0 to 1, found \"\""},
      {14, "1.1", "p_happy: expected a probability from 0 to 1, found \"1.1\""},
      {15, "nan", "p_neutral: expected a probability from 0 to 1, found \"nan\""},
      {16, "sad", "smoothed_label: expected a class, found \"sad\""},
      {16, "", "smoothed_label: expected a class, found \"\""},
      {17, "", "smoothed_probability: expected a probability from 0 to 1, found \"\""},
      {18, "", "dark: expected 0 or 1, found \"\""},
      {19, "true", "blurred: expected 0 or 1, found \"true\""},
      {19, "1,", "expected 20 fields as in the header, found 21"},
      {19, "1\r", "a carriage return within a line"},
      {0, "\"camera 0", "a quote is not closed"},
  };
  for (const Case& c : cases)
    EXPECT_THAT(errorOfText(kColumns + faceRow(c.column, c.value)), StartsWith(std::string("x.csv:2: ") + c.message))
        << c.column << " " << c.value;
  EXPECT_THAT(errorOfText(kColumns + faceRow(19, "2")),
              HasSubstr("The file is damaged, or of another run: name another one, or remove it."));
}

TEST(ReadRows, RefusesFramesThatDoNotFitTogether) {
  const std::string none(15, ',');
  const std::string empty = std::string("camera 0,7,0.28,") + kNow + ",0" + none + "\n";
  const std::string first = faceRow(4, "2");
  ASSERT_EQ(readText(kColumns + empty).frames, 1);
  struct Case {
    std::string rows;
    const char* message;
  };
  const Case cases[] = {
      {empty + empty, "x.csv:3: frame 7 of camera 0 stands twice or too late. "},
      {first + empty, "x.csv:3: frame 7 of camera 0 has only 1 of its 2 faces. "},
      {first + first, "x.csv:3: track 4 stands twice in a frame. "},
      {"\n", "x.csv:2: an empty line. "},
      {std::string(1 << 17, 'x') + "\n", "x.csv:2: a line of more than 65535 bytes. "},
  };
  for (const Case& c : cases) EXPECT_THAT(errorOfText(kColumns + c.rows), StartsWith(c.message)) << c.message;
}

TEST(ReadRows, RefusesAFileOfOtherColumnsEvenIfItsLineIsNotWhole) {
  for (const char* text : {"notes", "notes\n", "\n", "source,frame,time_s,wall_time,faces,track,x,y,w,h,score,label\n"})
    EXPECT_THAT(errorOfText(text),
                StartsWith("x.csv:1: expected the columns of rows with the classes of this model: source,frame,"))
        << text;
  EXPECT_EQ(readText("").whole_bytes, 0U);
  EXPECT_EQ(readText("source,fra").whole_bytes, 0U);
}

TEST(ReadRows, SaysThatAFileIsMissing) {
  const fer::test::TempFolder folder;
  EXPECT_THAT(
      errorOf(Fault::kData, [&] { readRows(folder / "x.csv", twoSources(), [](const FrameResult& /*result*/) {}); }),
      HasSubstr("x.csv: cannot open: No such file or directory"));
}

}  // namespace
}  // namespace fer::serve
