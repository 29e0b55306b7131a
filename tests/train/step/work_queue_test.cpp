// What a queue promises on the CPU; on a GPU the same calls use a stream and a CUDA graph.
#include "train/step/work_queue.hpp"

#include <gtest/gtest.h>

namespace fer::train {
namespace {

TEST(WorkQueue, DoesWorkAtOnceOnTheCpu) {
  WorkQueue queue(c10::kCPU);
  int done = 0;
  queue.run([&] {
    ++done;
    EXPECT_FALSE(queue.recorded());
    queue.record([&] { done += 10; });
    EXPECT_TRUE(queue.recorded());
    EXPECT_EQ(done, 1);
    queue.play();
    queue.play();
    queue.keepPace();
  });
  EXPECT_EQ(done, 21);
  EXPECT_EQ(queue.limit(), "");
  queue.record([&] { done = 0; });
  queue.play();
  EXPECT_EQ(done, 0);
  queue.forget();
  EXPECT_FALSE(queue.recorded());
}

}  // namespace
}  // namespace fer::train
