#include "fer/core/processors.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "support/temp_folder.hpp"

namespace fer {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

double quotaOf(const Files& files) {
  const test::TempFolder root;
  for (const auto& [name, text] : files) {
    std::filesystem::create_directories((root / name).parent_path());
    std::ofstream(root / name) << text;
  }
  return processorQuota(root.path());
}

TEST(ProcessorQuota, IsTheSmallestFromTheOwnGroupToTheRoot) {
  struct Case {
    const char* what;
    double quota;
    Files files;
  };
  const std::string own = "proc/self/cgroup";
  const std::string v2 = "sys/fs/cgroup/";
  const std::string v1 = "sys/fs/cgroup/cpu,cpuacct/";
  const Case cases[] = {
      {"nothing is there", 0, {}},
      {"no limit", 0, {{own, "0::/a/b\n"}, {v2 + "a/b/cpu.max", "max 100000\n"}}},
      {"its own", 1.5, {{own, "0::/a/b\n"}, {v2 + "a/b/cpu.max", "150000 100000\n"}}},
      {"that of a group above",
       2,
       {{own, "0::/a/b\n"}, {v2 + "a/b/cpu.max", "max 100000\n"}, {v2 + "a/cpu.max", "100000 50000\n"}}},
      {"the smaller of two",
       0.5,
       {{own, "0::/a/b\n"}, {v2 + "a/b/cpu.max", "400000 100000\n"}, {v2 + "a/cpu.max", "50000 100000\n"}}},
      {"a container's own root", 3, {{own, "0::/\n"}, {v2 + "cpu.max", "300000 100000\n"}}},
      {"the host's path, not there in the container",
       3,
       {{own, "0::/docker/12ab\n"}, {v2 + "cpu.max", "300000 100000\n"}}},
      {"a group beside the visible root", 3, {{own, "0::/../b\n"}, {v2 + "cpu.max", "300000 100000\n"}}},
      {"another group's is no matter", 0, {{own, "0::/a\n"}, {v2 + "b/cpu.max", "100000 100000\n"}}},
      {"nonsense", 0, {{own, "0::/a\nwhat\n"}, {v2 + "a/cpu.max", "some\n"}}},
      {"no time at all is nonsense", 0, {{own, "0::/a\n"}, {v2 + "a/cpu.max", "0 0\n"}}},
      {"version 1",
       2.5,
       {{own, "5:memory:/m\n4:cpu,cpuacct:/a\n"},
        {v1 + "a/cpu.cfs_quota_us", "250000\n"},
        {v1 + "a/cpu.cfs_period_us", "100000\n"}}},
      {"version 1 without a limit",
       0,
       {{own, "4:cpu,cpuacct:/a\n"}, {v1 + "a/cpu.cfs_quota_us", "-1\n"}, {v1 + "a/cpu.cfs_period_us", "100000\n"}}},
      {"version 1, a group above, mounted as cpu",
       1,
       {{own, "4:cpu:/a/b\n"},
        {"sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "100000\n"},
        {"sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n"}}},
      {"version 1 of another controller",
       0,
       {{own, "4:cpuset:/a\n"},
        {"sys/fs/cgroup/cpu/cpu.cfs_quota_us", "100000\n"},
        {"sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"}}},
      {"both versions",
       1,
       {{own, "4:cpu,cpuacct:/a\n0::/a\n"},
        {v1 + "a/cpu.cfs_quota_us", "200000\n"},
        {v1 + "a/cpu.cfs_period_us", "100000\n"},
        {v2 + "unified/a/cpu.max", "100000 100000\n"}}},
  };
  for (const Case& c : cases) EXPECT_DOUBLE_EQ(quotaOf(c.files), c.quota) << c.what;
}

TEST(UsableProcessors, AreOneAtLeast) {
  EXPECT_GE(usableProcessors(), 1);
}

}  // namespace
}  // namespace fer
