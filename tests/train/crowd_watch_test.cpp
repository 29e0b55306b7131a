#include "train/crowd_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "fer/core/files/files.hpp"
#include "support/temp_folder.hpp"

namespace fer::train {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A /proc/self/task.
class Tasks {
 public:
  /// Seconds that the thread has waited so far.
  void set(const std::string& thread, double waited) const {
    std::filesystem::create_directories(folder_ / thread);
    writeFile(folder_ / (thread + "/schedstat"),
              "123456789 " + std::to_string(static_cast<long long>(waited * 1e9)) + " 42\n");
  }
  void end(const std::string& thread) const { std::filesystem::remove_all(folder_ / thread); }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  test::TempFolder folder_;
};

/// What is noticed of threads that each wait so many of 20 seconds.
std::string noticed(int threads, int processors, double waited_each) {
  const Tasks tasks;
  const auto all = [&](double waited) {
    for (int i = 0; i < threads; ++i) tasks.set(std::to_string(100 + i), waited);
  };
  CrowdWatch watch(threads, processors, tasks.path());
  all(1000);  // of before
  EXPECT_EQ(watch.look(50), std::nullopt);
  all(1000 + waited_each);
  EXPECT_EQ(watch.look(60), std::nullopt) << "too early";
  return watch.look(70).value_or("");
}

// By hand: two threads and a busy one on two processors wait a third of the time each, sixteen and four on sixteen a
// fifth, two and three on four a fifth.
TEST(CrowdWatch, SaysHowManyThreadsWouldBeFaster) {
  EXPECT_THAT(noticed(2, 2, 20.0 / 3), HasSubstr("about 1.0 of the 2 processors busy"));
  EXPECT_THAT(noticed(2, 2, 20.0 / 3), HasSubstr("--threads 1 would be faster"));
  ::unsetenv("GOMP_SPINCOUNT");
  ::unsetenv("OMP_WAIT_POLICY");
  EXPECT_THAT(noticed(2, 2, 20.0 / 3), HasSubstr("GOMP_SPINCOUNT=1000, with which threads that wait soon sleep"));
  ::setenv("GOMP_SPINCOUNT", "1000", 1);
  EXPECT_THAT(noticed(2, 2, 20.0 / 3), Not(HasSubstr("GOMP_SPINCOUNT")));
  ::unsetenv("GOMP_SPINCOUNT");
  EXPECT_THAT(noticed(16, 16, 4), HasSubstr("about 4.0 of the 16 processors busy"));
  EXPECT_THAT(noticed(16, 16, 4), HasSubstr("--threads 12 would"));
  EXPECT_THAT(noticed(2, 4, 4), HasSubstr("about 3.0 of the 4 processors busy"));
  EXPECT_THAT(noticed(2, 4, 4), HasSubstr("--threads 1 would"));
  EXPECT_THAT(noticed(4, 4, 20), HasSubstr("--threads 1 would"));  // hopeless
  EXPECT_EQ(noticed(2, 2, 1.5), "");                               // as beside a loader
  EXPECT_EQ(noticed(2, 2, 0), "");
  EXPECT_EQ(noticed(2, 16, 0), "");
  EXPECT_EQ(noticed(1, 1, 15), "") << "there are no fewer";
  EXPECT_EQ(noticed(8, 2, 15), "") << "they wait for each other";
}

TEST(CrowdWatch, SaysItOnce) {
  const Tasks tasks;
  CrowdWatch watch(2, 2, tasks.path());
  tasks.set("1", 0);
  EXPECT_EQ(watch.look(0), std::nullopt);
  EXPECT_EQ(watch.look(30), std::nullopt);
  tasks.set("1", 15);
  EXPECT_NE(watch.look(60), std::nullopt);
  tasks.set("1", 45);
  EXPECT_EQ(watch.look(90), std::nullopt);
}

// A loader's thread lives for an epoch.
TEST(CrowdWatch, CountsThreadsThatComeAndGo) {
  const Tasks tasks;
  CrowdWatch watch(2, 2, tasks.path());
  tasks.set("1", 0);
  tasks.set("2", 500);
  EXPECT_EQ(watch.look(0), std::nullopt);
  tasks.end("2");
  EXPECT_EQ(watch.look(20), std::nullopt);
  tasks.set("3", 14);
  EXPECT_NE(watch.look(40), std::nullopt);
}

TEST(CrowdWatch, NoticesNothingWhereTheSystemDoesNotCount) {
  const Tasks tasks;
  CrowdWatch watch(2, 2, tasks.path() / "none");
  for (const double second : {0.0, 30.0, 60.0}) EXPECT_EQ(watch.look(second), std::nullopt);
}

}  // namespace
}  // namespace fer::train
