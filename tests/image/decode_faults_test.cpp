#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <iostream>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <thread>

#include "fer/core/error.hpp"
#include "fer/image/decode.hpp"
#include "support/made_pictures.hpp"
#include "support/temp_folder.hpp"

namespace fer::image {
namespace {

using namespace fer::test;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

/// What decoding ends with; nothing where it does not fail. It fails as bad data, and prints nothing.
std::string faultOf(const std::string& file, const DecodeLimits& limits = {}) {
  std::string message;
  testing::internal::CaptureStderr();
  try {
    decode(bytesOf(file), "made", limits);
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kData);
    message = error.what();
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  return message;
}

/// Uneven, so that all of its file is needed.
cv::Mat noise(int rows = 40, int columns = 50) {
  cv::Mat picture(rows, columns, CV_8UC3);
  cv::RNG random(1);
  random.fill(picture, cv::RNG::UNIFORM, 0, 256);
  return picture;
}

TEST(DecodeFaults, OtherKindsAreRefused) {
  for (const std::string file : {"GIF89a..", "II*\0....", "%PDF-1.7", "hello, world", "\xFF\xD8", "RIFF....WAVE", "B"})
    EXPECT_THAT(faultOf(file), AllOf(StartsWith("made: "), HasSubstr("no JPEG, PNG, BMP or WebP"))) << file;
  EXPECT_THAT(faultOf(""), HasSubstr("made: the file is empty"));
}

TEST(DecodeFaults, EveryTruncationIsFound) {
  for (const char* ending : {".jpg", ".png", ".bmp", ".webp"}) {
    const std::string file = encodedAs(ending, noise(7, 9));
    ASSERT_EQ(faultOf(file), "") << ending;
    for (std::size_t size = 0; size < file.size(); ++size) {
      const std::string fault = faultOf(file.substr(0, size));
      EXPECT_THAT(fault, StartsWith("made: ")) << ending << " of " << size;
      if (size > 30) {
        EXPECT_THAT(fault, HasSubstr("the file ends early, at byte " + std::to_string(size)));
      }
    }
  }
}

TEST(DecodeFaults, PixelsThatTheDecoderMadeUpAreFound) {
  const std::string jpeg = encodedAs(".jpg", noise());
  EXPECT_THAT(faultOf(jpeg.substr(0, jpeg.size() / 2) + "\xFF\xD9"),
              HasSubstr("the picture is damaged: Corrupt JPEG data: premature end of data segment"));
  std::string png = encodedAs(".png", noise());
  png[png.size() / 2] ^= 1;
  EXPECT_THAT(faultOf(png), HasSubstr("the picture is damaged: libpng error"));
  std::string webp = encodedAs(".webp", noise());
  webp.replace(40, 30, 30, '\xFF');
  EXPECT_THAT(faultOf(webp), HasSubstr("the picture is damaged"));
}

/// Cameras write such files, and all pixels are there.
TEST(DecodeFaults, BytesBetweenSegmentsAreNoFault) {
  const std::string jpeg = encodedAs(".jpg", noise());
  EXPECT_EQ(faultOf(jpeg.substr(0, jpeg.size() - 2) + std::string("\0\0\xFF\xD9", 4)), "");
  EXPECT_EQ(faultOf(jpeg + "more"), "");
}

TEST(DecodeFaults, LimitsHoldBeforeAnyPixelIsDecoded) {
  const std::string png = encodedAs(".png", noise());
  EXPECT_THAT(faultOf(png, {.pixels = 1999}), HasSubstr("has 50 x 40 pixels, more than the limit of 1999 pixels"));
  EXPECT_EQ(faultOf(png, {.pixels = 2000}), "");
  EXPECT_THAT(faultOf(png, {.bytes = 100}), HasSubstr("more than the limit of 100"));
  const TempFolder folder;
  cv::imwrite((folder / "a.png").string(), noise());
  EXPECT_THROW(readPicture(folder / "a.png", {.bytes = 100}), Error);
  EXPECT_THROW(readPicture(folder / "none.png"), Error);
  EXPECT_THROW(readPicture(folder.path()), Error);
}

TEST(DecodeFaults, BombsAreRefused) {
  EXPECT_THAT(faultOf(pngOf(60000, 60000, 0, "")), HasSubstr("60000 x 60000 pixels"));
  EXPECT_THAT(faultOf(pngOf(0x7FFFFFFF, 1, 0, "")), HasSubstr("65535 pixels a side"));
  EXPECT_THAT(faultOf(pngOf(3, 0, 0, "")), HasSubstr("it has no pixels"));

  std::string jpeg = encodedAs(".jpg", noise());
  const std::size_t frame = jpeg.find("\xFF\xC0");
  jpeg.replace(frame + 5, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_THAT(faultOf(jpeg), HasSubstr("65535 x 65535 pixels"));

  const std::string progressive = encodedAs(".jpg", noise(8, 8), {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
  EXPECT_EQ(faultOf(progressive), "");
  const std::size_t scan = progressive.rfind("\xFF\xDA");
  std::string many = progressive.substr(0, scan);
  for (int i = 0; i < 100; ++i) many += progressive.substr(scan, progressive.size() - 2 - scan);
  EXPECT_THAT(faultOf(many + "\xFF\xD9"), HasSubstr("over 100 scans"));
}

TEST(DecodeFaults, RareVarietiesAreNamed) {
  std::string bmp = encodedAs(".bmp", smallGrey());
  bmp[30] = 1;
  EXPECT_THAT(faultOf(bmp), HasSubstr("compressed BMP"));
  std::string webp = webpWithExif(encodedAs(".webp", noise()), exifBlock(1), {50, 40});
  webp[20] |= 2;
  EXPECT_THAT(faultOf(webp), HasSubstr("animated"));
}

TEST(DecodeFaults, OthersStillPrint) {
  std::string png = encodedAs(".png", noise());
  png[png.size() / 2] ^= 1;
  faultOf(png);  // from now on stderr is filtered
  testing::internal::CaptureStderr();
  std::fprintf(stderr, "in C %d\n", 1);
  std::cerr << "in C++ " << 2 << std::endl;
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "in C 1\nin C++ 2\n");
}

TEST(DecodeFaults, ThreadsHearTheirOwnMessages) {
  const std::string good = encodedAs(".png", noise());
  std::string bad = good;
  bad[bad.size() / 2] ^= 1;
  int refused = 0;
  std::thread other([&] {
    for (int i = 0; i < 200; ++i) decode(bytesOf(good), "good");
  });
  for (int i = 0; i < 200; ++i) refused += faultOf(bad).empty() ? 0 : 1;
  other.join();
  EXPECT_EQ(refused, 200);
}

}  // namespace
}  // namespace fer::image
