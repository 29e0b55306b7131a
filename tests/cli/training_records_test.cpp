#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <ctime>

#include "fer/core/files/files.hpp"
#include "fer/core/random.hpp"
#include "fer/data/training_data.hpp"
#include "fer/report/events/event_file.hpp"
#include "fer/report/picture/sheet.hpp"
#include "fer/report/plot/curves.hpp"
#include "support/small_run.hpp"

// What fer-train and fer-eval leave to be looked at: samples.png, report.html, TensorBoard's events, heat maps.
namespace fer::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
namespace fs = std::filesystem;

class TrainingRecords : public testing::Test {
 protected:
  static void SetUpTestSuite() { project_ = new SmallProject; }
  static void TearDownTestSuite() {
    delete project_;
    project_ = nullptr;
  }
  static CommandResult run(const std::string& command, const std::vector<std::string>& arguments) {
    CommandResult result = project_->run(command, arguments);
    EXPECT_EQ(result.code, 0) << result.err;
    return result;
  }
  static std::string text(const fs::path& name) { return readFile(*project_ / name.string(), Fault::kData); }
  static void waitFor(const fs::path& file) {
    for (int i = 0; i < 3000 && !fs::exists(file); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }

  /// TensorBoard's files in a folder, in the order in which they are read.
  static std::vector<fs::path> eventFiles(const std::string& folder) {
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(*project_ / folder))
      if (entry.path().filename().string().starts_with("events.out.tfevents.")) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
  }

  static SmallProject* project_;
};
SmallProject* TrainingRecords::project_ = nullptr;

/// The events of a file, which must hold nothing but whole records.
std::vector<std::string> eventsOf(const fs::path& file) {
  const std::string bytes = readFile(file, Fault::kData);
  std::vector<std::string> events;
  for (std::size_t at = 0; at < bytes.size();) {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data() + at, std::min(sizeof length, bytes.size() - at));
    EXPECT_LE(at + 12 + length + 4, bytes.size()) << "a record is cut";
    if (at + 12 + length + 4 > bytes.size()) break;
    events.push_back(bytes.substr(at + 12, length));
    at += 12 + length + 4;
  }
  return events;
}

/// The value that stands behind a tag: field 2, four bytes.
float scalarOf(const std::string& event, const std::string& tag) {
  const std::size_t at = event.find(tag);
  EXPECT_NE(at, std::string::npos) << tag;
  EXPECT_EQ(event.at(at + tag.size()), '\x15');
  float value = 0;
  std::memcpy(&value, event.data() + at + tag.size() + 1, sizeof value);
  return value;
}

// Without augmentation they are the file's own pixels, in the order of the first epoch.
TEST_F(TrainingRecords, SamplesAreTheFirstImagesOfTheFirstEpoch) {
  if (!report::picturesBuilt()) GTEST_SKIP() << "built without OpenCV";
  const std::vector<std::string> plain{"--config", "small.json",
                                       "--set",    "train.epochs=1",
                                       "--set",    "augment.zoom=0",
                                       "--set",    "augment.horizontal_flip=false",
                                       "--set",    "augment.brightness=[1,1]",
                                       "--out",    "plain"};
  run("fer-train", plain);
  data::DataOptions options;
  options.path = (*project_ / "faces.csv").string();
  options.shape = {1, 16, 16};
  options.classes = {"sad", "neutral", "happy"};
  const data::TrainingData data = data::loadForTraining(options);
  std::vector<std::uint32_t> order = data.train;
  RandomStream stream(42, Purpose::kShuffle, 0);
  shuffle(std::span(order), stream);
  report::SheetPart part{"training images as the first epoch sees them", {}};
  for (std::size_t i = 0; i < 32; ++i)
    part.cells.push_back({data.dataset.pixels(order[i]),
                          data.dataset.classes()[static_cast<std::size_t>(data.dataset.label(order[i]))]});
  EXPECT_TRUE(text("plain/samples.png") == report::pictureSheet({1, 16, 16}, {part}, 8));
}

TEST_F(TrainingRecords, SamplesAreAugmentedAndSeeded) {
  if (!report::picturesBuilt()) GTEST_SKIP() << "built without OpenCV";
  const auto samples = [](const std::string& name, const std::string& seed, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"--config", "small.json",     "--out", name,
                                       "--set",    "train.epochs=1", "--set", "train.seed=" + seed};
    arguments.insert(arguments.end(), more.begin(), more.end());
    run("fer-train", arguments);
    return text(name + "/samples.png");
  };
  const std::string once = samples("seeded", "7");
  EXPECT_TRUE(once == samples("seeded-again", "7"));
  EXPECT_FALSE(once == samples("otherwise", "8"));
  EXPECT_FALSE(once == samples("noisy", "7", {"--set", "augment.noise.probability=1"}));
}

TEST_F(TrainingRecords, EventsHoldWhatTheMetricsHold) {
  if (!report::picturesBuilt()) GTEST_SKIP() << "built without OpenCV";
  if (!report::eventFilesBuilt()) GTEST_SKIP() << "built without protozero";
  run("fer-train", {"--config", "small.json", "--out", "events", "--set", "train.epochs=2"});
  const std::vector<fs::path> files = eventFiles("events");
  ASSERT_THAT(files, SizeIs(1));
  const std::vector<std::string> events = eventsOf(files[0]);
  ASSERT_THAT(events, SizeIs(5));  // version, samples, config, two epochs
  EXPECT_THAT(events[0], HasSubstr("brain.Event:2"));
  EXPECT_THAT(events[1], AllOf(HasSubstr("training_samples"), HasSubstr("PNG")));
  EXPECT_THAT(events[2], AllOf(HasSubstr("config"), HasSubstr("\"name\": \"generic\"")));
  const report::History history = report::parseMetricsCsv(text("events/metrics.csv"), "metrics.csv");
  for (std::size_t epoch = 0; epoch < 2; ++epoch) {
    const std::string& event = events[3 + epoch];
    EXPECT_EQ(scalarOf(event, "loss/train"), static_cast<float>(history.loss.train[epoch]));
    EXPECT_EQ(scalarOf(event, "loss/validation"), static_cast<float>(history.loss.validation[epoch]));
    EXPECT_EQ(scalarOf(event, "accuracy/train"), static_cast<float>(history.accuracy.train[epoch]));
    EXPECT_EQ(scalarOf(event, "accuracy/validation"), static_cast<float>(history.accuracy.validation[epoch]));
    EXPECT_EQ(scalarOf(event, "learning_rate"), 0.001F);
  }
}

// What the killed one told of the epoch under way is forgotten: the second file says from where on.
TEST_F(TrainingRecords, AKilledRunLeavesWholeRecordsAndAResumeAddsAFile) {
  if (!report::eventFilesBuilt()) GTEST_SKIP() << "built without protozero";
  RunningCommand command("fer-train", {"--config", "small.json", "--out", "killed", "--set", "train.epochs=60"},
                         project_->inFolder());
  waitFor(*project_ / "killed/metrics.csv");
  command.send(SIGKILL);
  EXPECT_EQ(command.wait().signal, SIGKILL);
  const std::vector<std::string> before = eventsOf(eventFiles("killed").at(0));
  EXPECT_GE(before.size(), 3U);
  const std::string out = run("fer-train", {"--resume", "killed", "--set", "train.epochs=3"}).out;
  const std::size_t resumed = std::stoul(out.substr(out.find("resumed at epoch ") + 17)) - 1;
  const std::vector<fs::path> files = eventFiles("killed");
  ASSERT_THAT(files, SizeIs(2));
  EXPECT_EQ(eventsOf(files[0]), before);
  const std::vector<std::string> after = eventsOf(files[1]);
  ASSERT_THAT(after, SizeIs(2 + 3 - resumed));
  EXPECT_THAT(after[1], HasSubstr(std::string("\x3A\x02\x08\x01", 4)));  // field 7, a session log: START
}

TEST_F(TrainingRecords, ThePageReloadsItselfWhileWatchedAndNotAfterwards) {
  RunningCommand command("fer-train",
                         {"--config", "small.json", "--out", "watched", "--watch", "--set", "train.epochs=60"},
                         project_->inFolder());
  const fs::path page = *project_ / "watched/report.html";
  waitFor(page);
  EXPECT_THAT(readFile(page, Fault::kData),
              AllOf(HasSubstr("http-equiv=\"refresh\""), HasSubstr("0 of 60 epochs, in the first one")));
  waitFor(*project_ / "watched/metrics.csv");
  std::string now;
  for (int i = 0; i < 3000 && now.find("to go") == std::string::npos; ++i) {
    now = readFile(page, Fault::kData);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_THAT(now, AllOf(HasSubstr(" of 60 epochs, at most "), HasSubstr("http-equiv=\"refresh\""), HasSubstr("<svg")));
  command.send(SIGINT);
  const CommandResult result = command.wait();
  EXPECT_EQ(result.code, 130) << result.err;
  EXPECT_THAT(result.out, HasSubstr("page: watched/report.html (open it in a browser; it reloads itself)"));
  EXPECT_THAT(readFile(page, Fault::kData), AllOf(HasSubstr("interrupted"), Not(HasSubstr("http-equiv"))));
}

TEST_F(TrainingRecords, ThePageIsWrittenAtTheEndOfEveryRun) {
  const CommandResult result =
      run("fer-train", {"--config", "small.json", "--out", "unwatched", "--set", "train.epochs=1"});
  EXPECT_THAT(result.out, HasSubstr("page: unwatched/report.html"));
  EXPECT_THAT(text("unwatched/report.html"), AllOf(HasSubstr("1 of 1 epochs, finished"), Not(HasSubstr("http-equiv")),
                                                   HasSubstr("&quot;generic&quot;")));
  // A training that fails says so on its page. Its first last.safetensors, of 41 MB, may stand; after an epoch early
  // stopping's weights make it 55.
  const CommandResult failed = project_->run("fer-train", {"--config", "small.json", "--out", "failed", "--watch"},
                                             {.file_size_limit = 48 << 20});
  EXPECT_EQ(failed.code, 1);
  EXPECT_THAT(text("failed/report.html"),
              AllOf(HasSubstr("ended by an error"), HasSubstr("cannot write"), Not(HasSubstr("http-equiv"))));
}

// Pictures are not worth a training: folders stand where files belong, and TensorBoard's file leads nowhere.
TEST_F(TrainingRecords, WhatCannotBeWrittenIsAWarningAndTheTrainingGoesOn) {
  run("fer-train", {"--config", "small.json", "--out", "blocked", "--set", "train.epochs=1"});
  for (const char* name : {"report.html", "curves.svg"}) {
    fs::remove(*project_ / "blocked" / name);
    fs::create_directory(*project_ / "blocked" / name);
  }
  const auto now = static_cast<double>(std::time(nullptr));
  for (int second = 0; second < 200; ++second) {
    const fs::path file = *project_ / "blocked" / report::eventFileName(now + second);
    fs::remove(file);  // the training before may have begun in this very second
    fs::create_symlink("/nowhere/file", file);
  }
  const CommandResult result = run("fer-train", {"--resume", "blocked", "--watch", "--set", "train.epochs=3"});
  const auto count = [&](const std::string& part) {
    std::size_t times = 0;
    for (std::size_t at = result.out.find(part); at != std::string::npos; at = result.out.find(part, at + 1)) ++times;
    return times;
  };
  EXPECT_EQ(count("warning: no report.html: "), 1U) << result.out;
  EXPECT_EQ(count("blocked/report.html: cannot write: Is a directory. A file is expected here. The training goes on "),
            1U);
  EXPECT_EQ(count("warning: no curves.svg: "), 1U);
  EXPECT_EQ(count("warning: no TensorBoard file: "), report::eventFilesBuilt() ? 1U : 0U) << result.out;
  EXPECT_EQ(count("page: "), 1U) << "where it would be; no word at the end";
  EXPECT_THAT(result.out, HasSubstr("finished all 3 epochs"));
  EXPECT_THAT(text("blocked/metrics.csv"), HasSubstr("\n2,"));
  EXPECT_THAT(text("blocked/log.txt"), HasSubstr("warning: no report.html"));
}

TEST_F(TrainingRecords, AnEvaluationExplainsItselfAndLeavesItsConfusionMatrix) {
  if (!report::picturesBuilt()) GTEST_SKIP() << "built without OpenCV";
  run("fer-train", {"--config", "small.json", "--out", "explained", "--set", "train.epochs=1"});
  const CommandResult result = run("fer-eval", {"--run", "explained", "--split", "validation", "--explain"});
  EXPECT_THAT(result.out, HasSubstr("explain:  "));
  EXPECT_THAT(result.out, HasSubstr("explained/eval/validation/explain\n"));
  for (const char* name : {"sad", "neutral", "happy"})
    EXPECT_THAT(text("explained/eval/validation/explain/" + std::string(name) + ".png"),
                testing::StartsWith("\x89PNG"));
  const std::string sad = text("explained/eval/validation/explain/sad.png");
  run("fer-eval", {"--run", "explained", "--split", "validation", "--explain"});
  EXPECT_TRUE(text("explained/eval/validation/explain/sad.png") == sad);
  if (report::eventFilesBuilt()) {
    const std::vector<fs::path> files = eventFiles("explained/eval/validation");
    ASSERT_THAT(files, SizeIs(1));  // the second evaluation's alone
    EXPECT_THAT(eventsOf(files[0]).at(2), HasSubstr("confusion_matrix"));
  }
  run("fer-train", {"--config", "small.json", "--out", "another", "--set", "train.epochs=1"});
  run("fer-eval", {"--ensemble", "explained", "another", "--out", "both"});
  const CommandResult both = project_->run("fer-eval", {"--run", "both", "--explain"});
  EXPECT_EQ(both.code, 2);
  EXPECT_THAT(both.err, HasSubstr("--explain shows one network's feature maps"));
}

}  // namespace
}  // namespace fer::test
