#include "fer/report/evaluation/robustness_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/error.hpp"
#include "support/golden.hpp"

namespace fer::report {
namespace {

using testing::HasSubstr;

metrics::Robustness sample() {
  metrics::Robustness robustness;
  robustness.curves = {{"gamma", "", 1, {0.5, 1, 2}, {0.25, 0.75, 0.5}, {0.2, 0.7, 0.4}, 0.6},
                       {"rotation", "degrees", 0, {-10, 0}, {0.5, 1}, {0.5, 1}, 0.75}};
  robustness.slices = {{"darkest quarter", 4, 0.5, {0.15, 0.85}}};
  robustness.rows = 4;
  return robustness;
}

TEST(RobustnessJson, IsStored) {
  test::expectGolden(robustnessJson(sample()), "report/robustness.json");
}

TEST(RobustnessJson, ReadsBackWhatWasWritten) {
  const std::string text = robustnessJson(sample());
  const metrics::Robustness found = parseRobustnessJson(text, "robustness.json");
  EXPECT_EQ(robustnessJson(found), text);
  ASSERT_EQ(found.curves.size(), 2U);
  EXPECT_EQ(found.curves[1].levels, (std::vector<double>{-10, 0}));
  EXPECT_EQ(found.slices[0].interval, (metrics::Interval{0.15, 0.85}));
}

TEST(RobustnessJson, SaysWhatIsWrongWithADamagedOne) {
  const struct {
    const char* from;
    const char* to;
    const char* message;
  } cases[] = {
      {"\"schema\": 1", "\"schema\": 2", "schema 2 was written by a newer fer"},
      {"\"curves\": [", "\"curves\": 1, \"c\": [", "curves: expected a list, found 1"},
      {"\"unit\": \"degrees\",", "", "curves[1].unit: missing"},
      {"\"clean\": 1", "\"clean\": 3", "curves[0].levels: expected ascending numbers, the clean level among them"},
      {"0.25,", "1.25,", "curves[0].accuracy[0]: expected a number from 0 to 1, found 1.25"},
      {"0.25,", "", "curves[0].accuracy: expected a number for each level"},
      {"\"area\": 0.6", "\"area\": \"large\"", "curves[0].area: expected a number from 0 to 1, found"},
      {"0.15", "0.95", "slices[0].interval: expected two ascending numbers"},
      {"\"rows\": 4,\n      \"acc", "\"rows\": -4,\n      \"acc", "slices[0].rows: expected a whole number"},
  };
  for (const auto& c : cases) {
    std::string text = robustnessJson(sample());
    ASSERT_NE(text.find(c.from), std::string::npos) << c.from;
    text.replace(text.find(c.from), std::string(c.from).size(), c.to);
    try {
      parseRobustnessJson(text, "a/robustness.json");
      ADD_FAILURE() << c.message;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      EXPECT_THAT(error.what(), HasSubstr(c.message));
      EXPECT_THAT(error.what(), HasSubstr("a/robustness.json: "));
    }
  }
}

}  // namespace
}  // namespace fer::report
