// Teachers whose opinions are stored, and students who learn from these, with the real commands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/files/files.hpp"
#include "support/small_run.hpp"

namespace fer::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kTeacher = "teacher/checkpoints/best.safetensors";

/// A project with a trained run, "teacher".
struct SmallSchool {
  SmallProject project;

  SmallSchool() {
    const CommandResult trained = train({"--out", "teacher"});
    if (trained.code != 0) throw std::runtime_error(trained.err);
  }

  CommandResult train(const std::vector<std::string>& more) const { return project.run("fer-train", oneEpoch(more)); }
  CommandResult store(const std::string& teacher) const {
    return train({"--store-teachers", "opinions", "--set", "train.distill.teachers=[\"" + teacher + "\"]"});
  }
};

TEST(FerTrainTeachers, AStudentOfWhatIsStoredSaysWhoTaughtIt) {
  const SmallSchool school;
  const CommandResult stored = school.store("teacher");
  ASSERT_EQ(stored.code, 0) << stored.err;
  EXPECT_THAT(stored.out, AllOf(StartsWith("teachers: teacher; 1 epochs of 88 images, on "),
                                HasSubstr("epoch 1/1  stored"), HasSubstr("--set train.distill.stored=opinions\n")));
  const CommandResult student = school.train({"--out", "student", "--set", "train.distill.stored=opinions"});
  ASSERT_EQ(student.code, 0) << student.err;
  EXPECT_THAT(readFile(school.project / "student/config.json", Fault::kData),
              HasSubstr((school.project / kTeacher).string()));

  ASSERT_EQ(school.project.run("fer-eval", {"--run", "student"}).code, 0);
  EXPECT_THAT(readFile(school.project / "student/model-card.md", Fault::kData), HasSubstr(kTeacher));
  ASSERT_EQ(school.project.run("fer-export", {"--run", "student", "--format", "onnx"}).code, 0);
  EXPECT_THAT(readFile(school.project / "student.onnx", Fault::kData),
              AllOf(HasSubstr(kTeacher), Not(HasSubstr(school.project.path().string()))));
}

TEST(FerTrainTeachers, AStoringGoesOnWithTheSameTeachersAlone) {
  const SmallSchool school;
  ASSERT_EQ(school.store("teacher").code, 0);
  EXPECT_THAT(school.store(kTeacher).out, HasSubstr("epoch 1/1  is there"));
  ASSERT_EQ(school.train({"--out", "other", "--set", "train.seed=2"}).code, 0);
  const CommandResult refused = school.store("other");
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.err, AllOf(StartsWith("fer-train: "), HasSubstr("opinions/epoch-0000.safetensors: "),
                                 HasSubstr("of other teachers (teacher/checkpoints/best.safetensors)")));
}

TEST(FerTrainTeachers, AStudentOfOtherViewsIsRefusedAndNoRunIsLeft) {
  const SmallSchool school;
  ASSERT_EQ(school.store("teacher").code, 0);
  const CommandResult refused =
      school.train({"--out", "student", "--set", "train.seed=2", "--set", "train.distill.stored=opinions"});
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.err, HasSubstr("opinions/epoch-0000.safetensors: of other views than this training's"));
  EXPECT_FALSE(std::filesystem::exists(school.project / "student"));
}

TEST(FerTrainTeachers, WhatCannotBeStoredIsSaid) {
  const SmallSchool school;
  std::ofstream(school.project / "file") << "a file";
  struct Case {
    std::vector<std::string> more;
    int code;
    const char* message;
  };
  const Case cases[] = {
      {{"--store-teachers", "file"}, 1, "file: cannot make the folder: Not a directory"},
      {{"--store-teachers", "opinions", "--out", "run"}, 2, "--out does not go with --store-teachers"},
      {{"--store-teachers", "opinions", "--dry-run"}, 2, "--dry-run does not go with --store-teachers"},
  };
  for (const Case& item : cases) {
    std::vector<std::string> more = item.more;
    more.insert(more.end(), {"--set", R"(train.distill.teachers=["teacher"])"});
    const CommandResult result = school.train(more);
    EXPECT_EQ(result.code, item.code) << item.message;
    EXPECT_THAT(result.err, AllOf(StartsWith("fer-train: "), HasSubstr(item.message)));
  }
}

}  // namespace
}  // namespace fer::test
