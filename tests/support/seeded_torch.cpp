// LibTorch seeds its generator anew in every process. Linked into a test program, this gives every test the same
// random tensors wherever and in whatever order it runs.

#include <ATen/Context.h>
#include <gtest/gtest.h>

namespace fer {
namespace {

class Seeder : public testing::EmptyTestEventListener {
  void OnTestStart(const testing::TestInfo& /*test*/) override { at::manual_seed(20130); }
};

[[maybe_unused]] const bool kListening = [] {
  testing::UnitTest::GetInstance()->listeners().Append(new Seeder);  // which owns it
  return true;
}();

}  // namespace
}  // namespace fer
