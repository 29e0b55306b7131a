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

  CommandResult train(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"--config", "small.json", "--threads", "1", "--set", "train.epochs=1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return project.run("fer-train", arguments);
  }
  CommandResult store(const std::string& teacher) const {
    return train({"--store-teachers", "opinions", "--set", "train.distill.teachers=[\"" + teacher + "\"]"});
  }
};

TEST(FerTrainTeachers, AStudentOfWhatIsStoredSaysWhoTaughtIt) {
  const SmallSchool school;
  const CommandResult stored = school.store("teacher");
  ASSERT_EQ(stored.code, 0) << stored.err;
  EXPECT_THAT(stored.out, AllOf(HasSubstr("epoch 1/1  stored"), HasSubstr("--set train.distill.stored=opinions\n")));
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

}  // namespace
}  // namespace fer::test
