#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "fer/engine/engine.hpp"
#include "fer/image/preprocess.hpp"
#include "support/drawn_pictures.hpp"
#include "support/exported_model.hpp"
#include "support/golden.hpp"
#include "support/run_command.hpp"
#include "support/temp_folder.hpp"

namespace fer::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

using PredictWords = std::vector<std::string>;

constexpr int kFaceSide = 48;

/// A folder with a small exported network, m.onnx, whose images are 6 x 5 and whose classes are a, b, c.
class FerPredict : public testing::Test {
 protected:
  void SetUp() override { write("m.onnx", exportedEveryLayer()); }

  void write(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }

  void draw(const std::string& name, const cv::Mat& picture) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    ASSERT_TRUE(cv::imwrite((folder_ / name).string(), picture));
  }

  CommandResult run(const PredictWords& arguments) const {
    PredictWords words{"--model", "m.onnx"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return runCommand("fer-predict", words, {.folder = folder_.path(), .environment = {{"FER_YUNET", ""}}});
  }

  /// What --json says, of a run that ended with `code`.
  nlohmann::json json(PredictWords arguments, int code = 0) const {
    arguments.emplace_back("--json");
    const CommandResult result = run(arguments);
    EXPECT_EQ(result.code, code) << result.err;
    return nlohmann::json::parse(result.out);
  }

  /// A face of the JSON says what the engine says of the picture, or of its part.
  void expectAsEngine(const nlohmann::json& face, const cv::Mat& picture, std::optional<cv::Rect> box = {}) const {
    const engine::ExportedModel model = engine::openModel(folder_ / "m.onnx", {});
    const auto expected = model.predictor->probabilities(image::preprocess(model.description.preprocess, picture, box));
    std::size_t best = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(face["probabilities"][model.predictor->classes()[i]].get<float>(), expected[i], 1e-6F);
      if (expected[i] > expected[best]) best = i;
    }
    EXPECT_EQ(face["dominant_emotion"], model.predictor->classes()[best]);
  }

  static cv::Rect boxOf(const nlohmann::json& face) {
    const nlohmann::json& box = face["box"];
    return {box["x"], box["y"], box["w"], box["h"]};
  }

  TempFolder folder_;
};

TEST_F(FerPredict, SaysOfCutOutFacesWhatTheEngineSays) {
  for (const std::uint32_t index : {2U, 0U, 1U}) draw("faces/" + std::to_string(index) + ".png", drawnFace(index));
  const nlohmann::json found = json({"faces", "--faces"});
  EXPECT_EQ(found["schema"], 1);
  EXPECT_EQ(found["engine"], engine::engineNames().front());
  EXPECT_FALSE(found.contains("detector"));
  EXPECT_EQ(found["classes"], (nlohmann::json{"a", "b", "c"}));
  ASSERT_EQ(found["images"].size(), 3U);
  for (std::uint32_t index = 0; index < 3; ++index) {
    const nlohmann::json& image = found["images"][index];
    EXPECT_EQ(image["image"], "faces/" + std::to_string(index) + ".png");
    EXPECT_EQ(image["width"], kFaceSide);
    ASSERT_EQ(image["faces"].size(), 1U);
    EXPECT_FALSE(image["faces"][0].contains("box"));
    expectAsEngine(image["faces"][0], drawnFace(index));
  }
}

TEST_F(FerPredict, TakesTheNetworkThatComesWithFerWhereNoneIsNamed) {
  draw("face.png", drawnFace(1));
  const CommandResult result =
      runCommand("fer-predict", {"face.png", "--faces", "--json"}, {.folder = folder_.path(), .environment = {}});
  ASSERT_EQ(result.code, 0) << result.err;
  const auto found = nlohmann::json::parse(result.out);
  EXPECT_THAT(found["model"].get<std::string>(), testing::EndsWith("data/models/small.onnx"));
  EXPECT_EQ(found["classes"].size(), 7U);
}

TEST_F(FerPredict, TakesANetworkThatComesWithFerByItsName) {
  draw("face.png", drawnFace(1));
  const CommandSetup here{.folder = folder_.path(), .environment = {}};
  std::filesystem::create_directory(folder_.path() / "small.onnx");  // a folder is no model, whatever its name
  for (const char* name : {"small", "small.onnx"}) {
    const CommandResult result = runCommand("fer-predict", {"--model", name, "face.png", "--faces", "--json"}, here);
    ASSERT_EQ(result.code, 0) << result.err;
    const auto found = nlohmann::json::parse(result.out);
    EXPECT_THAT(found["model"].get<std::string>(), testing::EndsWith("data/models/small.onnx"));
  }
  const CommandResult none = runCommand("fer-predict", {"--model", "smalll", "face.png", "--faces"}, here);
  EXPECT_EQ(none.code, 3);
  EXPECT_THAT(none.err, HasSubstr("smalll"));
  // A file of that name in the current folder is nearer.
  std::ofstream(folder_.path() / "small") << "no ONNX";
  const CommandResult nearer = runCommand("fer-predict", {"--model", "small", "face.png", "--faces"}, here);
  EXPECT_EQ(nearer.code, 3);
  EXPECT_THAT(nearer.err, HasSubstr("small: not an ONNX model"));
}

TEST_F(FerPredict, FindsEveryFaceOfAPicture) {
  const cv::Mat picture = pictureOf({500, 300}, {{3, {20, 40}, 96}, {6, {200, 60}, 200}});
  draw("photo.png", picture);
  const nlohmann::json found = json({"photo.png", "--detector", "haar"});
  EXPECT_EQ(found["detector"], "haar");
  const nlohmann::json& faces = found["images"][0]["faces"];
  ASSERT_EQ(faces.size(), 2U);
  EXPECT_GT(overlapOf(boxOf(faces[0]), {200, 60, 200, 200}), 0.5);
  EXPECT_GT(overlapOf(boxOf(faces[1]), {20, 40, 96, 96}), 0.5);
  for (const nlohmann::json& face : faces) {
    EXPECT_FALSE(face.contains("score"));
    expectAsEngine(face, picture, boxOf(face));
  }
}

TEST_F(FerPredict, YunetsFacesHaveScoresAndLandmarks) {
  const char* yunet = std::getenv("FER_YUNET");
  if (yunet == nullptr) GTEST_SKIP() << "FER_YUNET does not name YuNet's file";
  draw("photo.png", pictureOf({300, 300}, {{3, {50, 50}, 200}}));
  const nlohmann::json found = json({"photo.png", "--detector-file", yunet, "--min-score", "0.7"});
  EXPECT_EQ(found["detector"], "yunet");
  const nlohmann::json& face = found["images"][0]["faces"].at(0);
  EXPECT_GE(face["score"].get<float>(), 0.7F);
  EXPECT_EQ(face["landmarks"].size(), 5U);
  EXPECT_TRUE(boxOf(face).contains(cv::Point(face["landmarks"]["nose"][0], face["landmarks"]["nose"][1])));
}

TEST_F(FerPredict, InventsNoFace) {
  draw("wall.png", cv::Mat(200, 300, CV_8UC3, cv::Scalar(90, 150, 200)));
  const nlohmann::json found = json({"wall.png"});
  EXPECT_EQ(found["images"][0]["image"], "wall.png");
  EXPECT_EQ(found["images"][0]["faces"], nlohmann::json::array());
  const CommandResult text = run({"wall.png"});
  EXPECT_EQ(text.code, 0);
  EXPECT_THAT(text.out, HasSubstr("wall.png  no face\n"));
  EXPECT_EQ(run({"wall.png", "--csv"}).out,
            "image,row,face,x,y,width,height,score,emotion,p_a,p_b,p_c\nwall.png,,,,,,,,,,,\n");
}

TEST_F(FerPredict, WhatCannotBeReadIsALineAndTheRestIsDone) {
  draw("faces/good.png", drawnFace(0));
  draw("photo.jpg", pictureOf({200, 200}, {{3, {50, 50}, 96}}));
  write("faces/cut.jpg", fileText(folder_ / "photo.jpg").substr(0, 700));
  std::filesystem::create_directories(folder_ / "empty");
  const PredictWords inputs{"faces", "empty", "absent.png", "--faces"};
  const CommandResult result = run(inputs);
  EXPECT_EQ(result.code, 3);
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 3) << result.err;
  EXPECT_THAT(result.err, HasSubstr("fer-predict: faces/cut.jpg: "));
  EXPECT_THAT(result.err, HasSubstr("fer-predict: empty: no picture in this folder"));
  EXPECT_THAT(result.err, HasSubstr("fer-predict: absent.png: "));
  EXPECT_THAT(result.out, HasSubstr("faces/good.png"));
  const nlohmann::json images = json(inputs, 3)["images"];
  ASSERT_EQ(images.size(), 4U);
  EXPECT_THAT(images[0]["error"].get<std::string>(), StartsWith("faces/cut.jpg: "));
  EXPECT_FALSE(images[0].contains("faces"));
  EXPECT_EQ(images[1]["faces"].size(), 1U);
  EXPECT_TRUE(images[2].contains("error"));
  EXPECT_TRUE(images[3].contains("error"));
}

TEST_F(FerPredict, ReadsRowsWithoutLabels) {
  std::vector<cv::Mat> images;
  std::string lines[2];
  for (int row = 0; row < 2; ++row) {
    cv::Mat image(6, 5, CV_8UC1);
    for (int i = 0; i < 30; ++i) {
      image.at<std::uint8_t>(i / 5, i % 5) = static_cast<std::uint8_t>((i * 7 + row * 31) % 100);
      lines[row] += (i == 0 ? "" : " ") + std::to_string(image.at<std::uint8_t>(i / 5, i % 5));
    }
    images.push_back(image);
  }
  write("bare.csv", "pixels\n" + lines[0] + "\n" + lines[1] + "\n");
  write("usage.csv", "Usage,pixels\nPublicTest," + lines[0] + "\nPrivateTest," + lines[1] + "\n");
  write("labels.CSV", "emotion,pixels\n6," + lines[0] + "\nunknown," + lines[1] + "\n");
  for (const char* name : {"bare.csv", "usage.csv", "labels.CSV"}) {
    const nlohmann::json found = json({name})["images"];
    ASSERT_EQ(found.size(), 2U) << name;
    for (std::size_t row = 0; row < 2; ++row) {
      EXPECT_EQ(found[row]["image"], name);
      EXPECT_EQ(found[row]["row"], row);
      expectAsEngine(found[row]["faces"][0], images[row]);
    }
  }
  write("wrong.csv", "pixels\n1 2 3\n");
  EXPECT_THAT(run({"wrong.csv"}).err, HasSubstr("wrong.csv:2:"));
  EXPECT_EQ(run({"wrong.csv"}).code, 3);
}

TEST_F(FerPredict, LooksIntoFoldersOfFolders) {
  for (const char* name : {"in/b.png", "in/a/z.JPG", "in/a/y.png", "in/a/deep/x.bmp"}) draw(name, drawnFace(0));
  write("in/notes.txt", "no picture");
  write("in/._b.png", "what macOS leaves");
  std::filesystem::create_directory_symlink("..", folder_ / "in/a/loop");
  PredictWords names;
  const nlohmann::json found = json({"in", "--faces"});
  for (const nlohmann::json& image : found["images"]) names.push_back(image["image"]);
  EXPECT_THAT(names, ElementsAre("in/a/deep/x.bmp", "in/a/y.png", "in/a/z.JPG", "in/b.png"));
}

TEST_F(FerPredict, DrawsWhatItFound) {
  const cv::Mat picture = pictureOf({300, 300}, {{3, {50, 50}, 200}});
  draw("in/sub/photo.png", picture);
  draw("photo.png", picture);
  const CommandResult result = run({"in", "photo.png", "in/sub/photo.png", "--detector", "haar", "--out", "drawn"});
  EXPECT_EQ(result.code, 0) << result.err;
  for (const char* name : {"drawn/sub/photo.png", "drawn/photo.png", "drawn/photo-2.png"}) {
    const cv::Mat drawn = cv::imread((folder_ / name).string());
    ASSERT_EQ(drawn.size(), picture.size()) << name;
    EXPECT_GT(cv::norm(drawn, picture, cv::NORM_INF), 100) << "nothing is drawn";
    EXPECT_EQ(cv::norm(drawn.rowRange(290, 300), picture.rowRange(290, 300), cv::NORM_INF), 0);
  }
  draw("face.bmp", drawnFace(0));
  ASSERT_EQ(run({"face.bmp", "--faces", "--out", "drawn"}).code, 0);
  const cv::Mat face = cv::imread((folder_ / "drawn/face.bmp.png").string());
  EXPECT_EQ(face.cols, 5 * kFaceSide);  // large enough to be read
  EXPECT_GT(face.rows, 5 * kFaceSide);  // and a line for the label
}

TEST_F(FerPredict, NeverDrawsOverAPictureItself) {
  draw("in/photo.png", drawnFace(0));
  const std::string before = fileText(folder_ / "in/photo.png");
  const CommandResult result = run({"in", "--faces", "--out", "in"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("is the picture itself"));
  EXPECT_EQ(fileText(folder_ / "in/photo.png"), before);
}

TEST_F(FerPredict, PutsTheFirstFacesOfEveryFolderOnASheet) {
  for (std::uint32_t index = 0; index < 30; ++index)
    draw("faces/a/" + std::to_string(index) + ".png", drawnFace(index));
  draw("faces/b/0.png", drawnFace(1));
  const auto sheetOf = [this](const PredictWords& inputs) {
    PredictWords words = inputs;
    words.insert(words.end(), {"--faces", "--sheet", "sheet.png"});
    EXPECT_EQ(run(words).code, 0);
    return cv::imread((folder_ / "sheet.png").string());
  };
  const cv::Mat both = sheetOf({"faces"});
  const cv::Mat first = sheetOf({"faces/a"});
  const cv::Mat second = sheetOf({"faces/b"});
  ASSERT_FALSE(both.empty());
  EXPECT_EQ(both.cols, first.cols);  // twelve a row
  EXPECT_LT(second.cols, first.cols);
  EXPECT_GT(first.rows, second.rows);  // two rows of the thirty, and one
  EXPECT_LT(both.rows, first.rows + second.rows);
  EXPECT_GT(both.rows, first.rows);
  const CommandResult refused = run({"faces", "--faces", "--sheet", "sheet.jpg"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr("--sheet sheet.jpg: give a name that ends in .png"));
}

TEST_F(FerPredict, NamesAsManyEmotionsAsAsked) {
  draw("face.png", drawnFace(0));
  const std::string out = run({"face.png", "--faces", "--top", "3"}).out;
  EXPECT_EQ(std::count(out.begin(), out.end(), '%'), 3) << out;
  EXPECT_THAT(out, StartsWith("m.onnx by " + engine::engineNames().front() + "\n"));
}

TEST_F(FerPredict, WhatDoesNotGoTogetherIsRefused) {
  draw("face.png", drawnFace(0));
  const std::vector<std::pair<PredictWords, std::string>> cases{
      {{}, "name pictures, folders or CSVs"},
      {{"face.png", "--json", "--csv"}, "two forms"},
      {{"face.png", "--faces", "--detector", "haar"}, "--faces says that nothing is to be looked for"},
      {{"face.png", "--detector", "haar", "--min-score", "0.5"}, "gives no scores"},
      {{"face.png", "--detector", "dlib"}, "expected one of auto, haar, yunet"},
      {{"face.png", "--top", "0"}, "--top: expected a whole number >= 1"},
      {{"face.png", "--engine", "tensorrt"}, "tensorrt"},
  };
  for (const auto& [arguments, message] : cases) {
    const CommandResult result = run(arguments);
    EXPECT_EQ(result.code, 2) << message;
    EXPECT_TRUE(isOneLine(result.err)) << result.err;
    EXPECT_THAT(result.err, HasSubstr(message));
  }
}

TEST_F(FerPredict, AModelThatIsNoneIsRefused) {
  draw("face.png", drawnFace(0));
  write("m.onnx", "no model");
  const CommandResult result = run({"face.png", "--faces"});
  EXPECT_EQ(result.code, 3);
  EXPECT_TRUE(isOneLine(result.err)) << result.err;
  EXPECT_THAT(result.err, HasSubstr("m.onnx"));
  EXPECT_EQ(result.out, "");
}

}  // namespace
}  // namespace fer::test
