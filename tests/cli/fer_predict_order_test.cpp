#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <sstream>

#include "support/drawn_pictures.hpp"
#include "support/exported_model.hpp"
#include "support/run_command.hpp"
#include "support/temp_folder.hpp"

namespace fer::test {
namespace {

using testing::HasSubstr;

/// The network takes the faces of many pictures at once; nobody is to notice.
class FerPredictOrder : public testing::Test {
 protected:
  void SetUp() override { std::ofstream(folder_ / "m.onnx", std::ios::binary) << exportedEveryLayer(); }

  std::string draw(const std::string& name, std::uint32_t index) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    EXPECT_TRUE(cv::imwrite((folder_ / name).string(), drawnFace(index)));
    return name;
  }

  CommandResult run(std::vector<std::string> words) const {
    words.insert(words.end(), {"--model", "m.onnx", "--faces", "--csv"});
    return runCommand("fer-predict", words, {.folder = folder_.path()});
  }

  TempFolder folder_;
};

/// Lines alike but for numbers, which may differ by their rounding: engines add in another order for other batches.
void expectSameLines(const std::string& found, const std::string& expected) {
  std::istringstream ours(found);
  std::istringstream theirs(expected);
  std::string one;
  std::string other;
  while (std::getline(theirs, other)) {
    ASSERT_TRUE(std::getline(ours, one)) << "missing: " << other;
    std::istringstream fields(one);
    std::istringstream others(other);
    std::string field;
    for (int column = 0; std::getline(others, other, ','); ++column) {
      ASSERT_TRUE(std::getline(fields, field, ',')) << one;
      if (column < 9 || field.starts_with("p_"))
        EXPECT_EQ(field, other) << one;
      else
        EXPECT_NEAR(std::stof(field), std::stof(other), 1e-6F) << one;
    }
  }
  EXPECT_FALSE(std::getline(ours, one)) << one;
}

TEST_F(FerPredictOrder, ManyPicturesAreSaidWhatEachIsAloneAndInTheirOrder) {
  std::string row = "pixels\n";
  for (int i = 0; i < 30; ++i) row += std::to_string(i * 8) + (i < 29 ? " " : "\n");
  std::ofstream(folder_ / "row.csv") << row;
  constexpr std::uint32_t kMany = 36;  // more than are taken at once
  std::vector<std::string> inputs;
  std::string alone;
  for (std::uint32_t index = 0; index < kMany; ++index) {
    inputs.push_back(index == 5 ? "row.csv" : draw("in/" + std::to_string(kMany - index) + ".png", index));
    const std::string out = run({inputs.back()}).out;
    alone += out.substr(index == 0 ? 0 : out.find('\n') + 1);
  }
  inputs.insert(inputs.begin() + 2, "absent.png");
  inputs.insert(inputs.end(), {"--out", "drawn"});
  const CommandResult result = run(inputs);
  EXPECT_EQ(result.code, 3);
  EXPECT_THAT(result.err, HasSubstr("absent.png"));
  expectSameLines(result.out, alone);
  for (const char* name : {"drawn/36.png", "drawn/1.png"})
    EXPECT_FALSE(cv::imread((folder_ / name).string()).empty()) << name;
}

TEST_F(FerPredictOrder, WhatCannotBeReadStandsWhereItWasNamed) {
  const std::vector<std::string> inputs{draw("a.png", 0), "absent.png", draw("b.png", 1), "--json"};
  std::vector<std::string> words = inputs;
  words.insert(words.end(), {"--model", "m.onnx", "--faces"});
  const std::string out = runCommand("fer-predict", words, {.folder = folder_.path()}).out;
  EXPECT_LT(out.find("\"a.png\""), out.find("\"absent.png\""));
  EXPECT_LT(out.find("\"absent.png\""), out.find("\"b.png\""));
  EXPECT_NE(out.find("\"b.png\""), std::string::npos);
}

TEST_F(FerPredictOrder, WhatWasFoundBeforeThePictureThatEndsItIsSaid) {
  const CommandResult result = run({draw("a.png", 0), draw("in/b.png", 1), "--out", "in"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("in/b.png is the picture itself"));
  EXPECT_THAT(result.out, HasSubstr("\na.png"));
}

}  // namespace
}  // namespace fer::test
