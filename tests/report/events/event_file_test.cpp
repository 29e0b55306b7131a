#include "fer/report/events/event_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <string_view>

#include "fer/core/error.hpp"
#include "report/events/crc32c.hpp"
#include "support/golden.hpp"

namespace fer::report {
namespace {

// RFC 3720, B.4, and the checksum's usual check value.
TEST(Crc32c, IsThatOfTheStandard) {
  std::string rising;
  for (int i = 0; i < 32; ++i) rising += static_cast<char>(i);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);
  EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43U);
  EXPECT_EQ(crc32c(rising), 0x46DD794EU);
  EXPECT_EQ(crc32c(std::string(rising.rbegin(), rising.rend())), 0x113FDB5CU);
  EXPECT_EQ(crc32c("123456789"), 0xE3069283U);
  EXPECT_EQ(crc32c(""), 0U);
}

class EventFile : public testing::Test {
 protected:
  void SetUp() override {
    if (!eventFilesBuilt()) GTEST_SKIP() << "built without protozero";
  }
};

/// 3 x 2 pixels, one of them red, the others black; by libpng.
std::string smallPng() {
  constexpr std::string_view kHex =
      "89504e470d0a1a0a0000000d49484452000000030000000208020000001216f14d000000017352474200aece1ce90000000c"
      "49444154089963f8cf8001001301010043ad4e1a0000000049454e44ae426082";
  std::string bytes;
  for (std::size_t i = 0; i < kHex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(kHex.substr(i, 2)), nullptr, 16));
  return bytes;
}

/// A training of three epochs, killed and gone on with in the second: tests/oracles/tensorboard_events.py reads both
/// files with TensorBoard.
std::string firstFile() {
  const auto epoch = [](double time, std::int64_t step, double loss) {
    return scalarsRecord(time, step,
                         {{"loss/train", loss},
                          {"loss/validation", std::numeric_limits<double>::quiet_NaN()},
                          {"learning_rate", 0.001}});
  };
  return firstRecord(1700000000.25) + imageRecord(1700000000.5, 0, "training_samples", smallPng()) +
         textRecord(1700000001, 0, "config", "    {\"a\": 1}") + epoch(1700000002, 0, 1.5) +
         epoch(1700000003, 1, 1.25) + epoch(1700000004, 2, 99);
}

std::string secondFile() {
  return firstRecord(1700000100) + restartRecord(1700000100, 1) +
         scalarsRecord(1700000101, 1, {{"loss/train", 1.125}, {"accuracy/validation", 0.5}}) +
         scalarsRecord(1700000102, 2, {{"loss/train", 1}, {"accuracy/validation", 0.75}});
}

TEST_F(EventFile, IsWhatTensorBoardReads) {
  test::expectGolden(firstFile(), "tensorboard/" + eventFileName(1700000000.25));
  test::expectGolden(secondFile(), "tensorboard/" + eventFileName(1700000100));
}

// Worked out by hand from the .proto files: wall time 1.0 is field 1, fixed64; the step, 0, is left out; the version is
// field 3.
TEST_F(EventFile, FramesEachRecordWithItsLengthAndChecksums) {
  const std::string record = firstRecord(1.0);
  const std::string event = std::string("\x09\x00\x00\x00\x00\x00\x00\xF0\x3F\x1A\x0D", 11) + "brain.Event:2";
  ASSERT_EQ(record.size(), 8 + 4 + event.size() + 4);
  EXPECT_EQ(record.substr(0, 8), std::string("\x18\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(record.substr(12, event.size()), event);
}

TEST_F(EventFile, TakesNoPictureThatIsNone) {
  EXPECT_THROW(imageRecord(1, 0, "t", "GIF89a"), std::invalid_argument);
}

TEST_F(EventFile, IsNamedByItsSecond) {
  EXPECT_EQ(eventFileName(1700000000.99), "events.out.tfevents.1700000000.fer");
  EXPECT_EQ(eventFileName(7), "events.out.tfevents.0000000007.fer");
}

TEST(EventFileWithoutProtozero, SaysSo) {
  if (eventFilesBuilt()) GTEST_SKIP() << "built with protozero";
  try {
    firstRecord(0);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("libprotozero-dev"));
  }
}

}  // namespace
}  // namespace fer::report
