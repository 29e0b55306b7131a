#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "fer/train/parallel/process_group.hpp"
#include "support/error_of.hpp"

namespace fer::train {
namespace {

using ::testing::HasSubstr;
using Variables = std::map<std::string, std::string>;

Launch launchOf(const Variables& variables) {
  return launchFrom([&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

TEST(Launch, IsAloneWhereNothingSaysOtherwise) {
  EXPECT_EQ(launchOf({}).size, 1);
  EXPECT_EQ(launchOf({{"WORLD_SIZE", "1"}}).size, 1);
  EXPECT_EQ(launchOf({{"SLURM_NTASKS", "8"}, {"SLURM_PROCID", "3"}}).size, 1);  // an allocation of several, no meeting
}

TEST(Launch, ReadsWhatTorchrunSets) {
  const Launch launch = launchOf({{"WORLD_SIZE", "4"},
                                  {"RANK", "3"},
                                  {"LOCAL_RANK", "1"},
                                  {"LOCAL_WORLD_SIZE", "2"},
                                  {"MASTER_ADDR", "node0"},
                                  {"MASTER_PORT", "29500"},
                                  {"TORCHELASTIC_USE_AGENT_STORE", "True"}});
  EXPECT_EQ(launch.rank, 3);
  EXPECT_EQ(launch.size, 4);
  EXPECT_EQ(launch.local_rank, 1);
  EXPECT_EQ(launch.local_size, 2);
  EXPECT_EQ(launch.address, "node0");
  EXPECT_EQ(launch.port, 29500);
  EXPECT_TRUE(launch.agent_waits);
}

TEST(Launch, ReadsWhatSlurmSetsWhereAMeetingIsNamed) {
  const Launch launch = launchOf({{"SLURM_NTASKS", "8"},
                                  {"SLURM_PROCID", "5"},
                                  {"SLURM_LOCALID", "1"},
                                  {"SLURM_NTASKS_PER_NODE", "4"},
                                  {"MASTER_ADDR", "node0"},
                                  {"MASTER_PORT", "29500"}});
  EXPECT_EQ(launch.rank, 5);
  EXPECT_EQ(launch.size, 8);
  EXPECT_EQ(launch.local_rank, 1);
  EXPECT_EQ(launch.local_size, 4);
  EXPECT_FALSE(launch.agent_waits);
}

TEST(Launch, RefusesWhatCannotBe) {
  const struct {
    Variables variables;
    const char* message;
  } cases[] = {
      {{{"WORLD_SIZE", "two"}}, "WORLD_SIZE: expected a whole number from 1 to 65536, found \"two\""},
      {{{"WORLD_SIZE", "0"}}, "WORLD_SIZE: expected"},
      {{{"WORLD_SIZE", "2"}}, "RANK, MASTER_ADDR or MASTER_PORT is not set"},
      {{{"WORLD_SIZE", "2"}, {"RANK", "1"}, {"MASTER_ADDR", "a"}}, "MASTER_PORT is not set"},
      {{{"WORLD_SIZE", "2"}, {"RANK", "2"}, {"MASTER_ADDR", "a"}, {"MASTER_PORT", "29500"}},
       "RANK: expected a whole number from 0 to 1, found \"2\""},
      {{{"WORLD_SIZE", "2"}, {"RANK", "1"}, {"MASTER_ADDR", "a"}, {"MASTER_PORT", "70000"}}, "MASTER_PORT: expected"},
      {{{"WORLD_SIZE", "2"}, {"RANK", "1 "}, {"MASTER_ADDR", "a"}, {"MASTER_PORT", "1"}}, "found \"1 \""},
  };
  for (const auto& c : cases)
    EXPECT_THAT(test::errorOf(Fault::kUsage, [&] { launchOf(c.variables); }), HasSubstr(c.message));
}

}  // namespace
}  // namespace fer::train
