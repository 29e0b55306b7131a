#include "vision/yunet_decode.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace fer::vision {
namespace {

using Numbers = std::vector<float>;

/// A level that owns its numbers; nothing is a face.
struct MadeLevel {
  MadeLevel(int pixels, int height, int width)
      : stride(pixels),
        rows(height),
        columns(width),
        cls(cells()),
        obj(cells()),
        bbox(4 * cells()),
        kps(10 * cells()) {}

  std::size_t cells() const { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns); }
  YunetLevel level() const { return {stride, rows, columns, cls, obj, bbox, kps}; }
  void put(std::size_t cell, const Numbers& box) { std::copy(box.begin(), box.end(), bbox.begin() + 4 * cell); }

  int stride, rows, columns;
  Numbers cls, obj, bbox, kps;
};

TEST(YunetDecode, ACellIsAFaceByTheFormulas) {
  MadeLevel made(8, 2, 3);
  made.cls[4] = 0.64F;  // row 1, column 1
  made.obj[4] = 0.81F;
  made.put(4, {0.5F, 0.25F, 0.F, std::log(2.F)});
  const Numbers points{0, 0, 1, 0, 0.5F, 0.5F, -2, 1, 3, 1.5F};
  std::copy(points.begin(), points.end(), made.kps.begin() + 40);
  const auto faces = decodeYunet(made.level(), 0.7F);
  ASSERT_EQ(faces.size(), 1U);
  EXPECT_FLOAT_EQ(faces[0].score, 0.72F);  // 0.8 x 0.9
  // Centre (1.5 x 8, 1.25 x 8), size (1 x 8, 2 x 8).
  EXPECT_FLOAT_EQ(faces[0].box.x, 8);
  EXPECT_FLOAT_EQ(faces[0].box.y, 2);
  EXPECT_FLOAT_EQ(faces[0].box.width, 8);
  EXPECT_FLOAT_EQ(faces[0].box.height, 16);
  EXPECT_EQ(faces[0].landmarks, (Landmarks{{{8, 8}, {16, 8}, {12, 12}, {-8, 16}, {32, 20}}}));
  EXPECT_TRUE(decodeYunet(made.level(), 0.73F).empty());
}

TEST(YunetDecode, ScoresAreClampedToOne) {
  MadeLevel made(32, 1, 1);
  made.cls[0] = 4;
  made.obj[0] = 0.25F;
  EXPECT_FLOAT_EQ(decodeYunet(made.level(), 0.1F).at(0).score, 0.5F);
  made.obj[0] = -1;  // with a cls below 0 the product would be positive
  made.cls[0] = -1;
  EXPECT_TRUE(decodeYunet(made.level(), 0.1F).empty());
}

TEST(YunetDecode, NumbersThatAreNotFiniteAreNoFace) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  MadeLevel made(8, 1, 5);
  made.cls = {1, kNan, 1, 1, 1};
  made.obj = {1, 1, 1, 1, 1};
  made.put(0, {kNan, 0, 0, 0});
  made.put(2, {0, 0, 200, 0});  // exp(200) is infinite in float
  made.kps[30] = -std::numeric_limits<float>::infinity();
  const auto faces = decodeYunet(made.level(), 0);
  ASSERT_EQ(faces.size(), 1U);
  EXPECT_FLOAT_EQ(faces[0].box.x, 4 * 8 - 4);  // the last cell's
}

TEST(YunetDecode, NumbersThatDoNotFitAreRefused) {
  const MadeLevel made(8, 2, 3);
  YunetLevel level = made.level();
  level.rows = 3;
  EXPECT_THROW(decodeYunet(level, 0.5F), std::invalid_argument);
  level = made.level();
  level.kps = level.kps.first(59);
  EXPECT_THROW(decodeYunet(level, 0.5F), std::invalid_argument);
  level = made.level();
  level.stride = 0;
  EXPECT_THROW(decodeYunet(level, 0.5F), std::invalid_argument);
}

TEST(YunetDecode, OfOverlappingFacesTheBestStays) {
  // The first two share 60 of 140 (0.43), the first and the third 40 of 160 (0.25), the fourth lies apart.
  const std::vector<YunetFace> faces{
      {{0, 0, 10, 10}, 0.7F, {}}, {{4, 0, 10, 10}, 0.9F, {}}, {{0, 6, 10, 10}, 0.8F, {}}, {{50, 50, 10, 10}, 0.6F, {}}};
  const auto kept = withoutOverlaps(faces);
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[0].score, 0.9F);
  EXPECT_EQ(kept[1].score, 0.8F);
  EXPECT_EQ(kept[2].score, 0.6F);
  EXPECT_TRUE(withoutOverlaps({}).empty());
}

/// A face as the fixture has it: score, box, points.
void expectNear(const YunetFace& face, const Numbers& expected) {
  constexpr float kNear = 2e-4F;  // pixels, of up to a few hundred
  EXPECT_NEAR(face.score, expected[0], 2e-5F);
  EXPECT_NEAR(face.box.x, expected[1], kNear);
  EXPECT_NEAR(face.box.y, expected[2], kNear);
  EXPECT_NEAR(face.box.width, expected[3], kNear);
  EXPECT_NEAR(face.box.height, expected[4], kNear);
  for (std::size_t i = 0; i < face.landmarks.size(); ++i) {
    EXPECT_NEAR(face.landmarks[i].x, expected[5 + 2 * i], kNear);
    EXPECT_NEAR(face.landmarks[i].y, expected[6 + 2 * i], kNear);
  }
}

/// tests/oracles/yunet_decode.py
TEST(YunetDecode, IsThatOfTheReference) {
  const auto fixture = nlohmann::json::parse(std::ifstream(std::filesystem::path(FER_FIXTURES) / "yunet_decode.json"));
  for (const auto& expected : fixture["cases"]) {
    std::vector<YunetFace> faces;
    for (const auto& level : expected["levels"]) {
      MadeLevel made(level["stride"], level["rows"], level["columns"]);
      made.cls = level["cls"].get<Numbers>();
      made.obj = level["obj"].get<Numbers>();
      made.bbox = level["bbox"].get<Numbers>();
      made.kps = level["kps"].get<Numbers>();
      const auto found = decodeYunet(made.level(), expected["min_score"]);
      faces.insert(faces.end(), found.begin(), found.end());
    }
    ASSERT_EQ(faces.size(), expected["faces"].size());
    for (std::size_t i = 0; i < faces.size(); ++i) expectNear(faces[i], expected["faces"][i]);
    const auto kept = withoutOverlaps(faces);
    ASSERT_EQ(kept.size(), expected["kept"].size());
    for (std::size_t i = 0; i < kept.size(); ++i)
      expectNear(kept[i], expected["faces"][expected["kept"][i].get<int>()]);
  }
}

}  // namespace
}  // namespace fer::vision
