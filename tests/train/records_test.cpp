#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/text/json.hpp"
#include "fer/train/metrics_csv.hpp"
#include "fer/train/training_state.hpp"

namespace fer::train {
namespace {

using ::testing::HasSubstr;

TEST(MetricsCsv, IsLikeKerasCsvLogger) {
  EXPECT_EQ(metricsCsv({}), "epoch\n");
  EXPECT_EQ(metricsCsv({{{"loss", 1.5}, {"accuracy", 0.1}, {"val_loss", std::nan("")}},
                        {{"loss", 1e-7}, {"accuracy", 1.0 / 3}}}),
            "epoch,accuracy,loss,val_loss\n"
            "0,0.1,1.5,nan\n"
            "1,0.3333333333333333,1e-07,NA\n");
}

TEST(TimingCsv, CountsImagesASecondOfTraining) {
  EXPECT_EQ(timingCsv({{2.0, 0.5, 300}}), "epoch,train_seconds,validation_seconds,images_per_second\n0,2,0.5,150\n");
}

TrainingState someState() {
  TrainingState state;
  state.epoch = 1;
  state.step = 7;
  state.sums = {0.1 + 0.2, 5, 70};
  state.train_seconds = 1.25;
  state.lr = 1e-3;
  state.optimiser_steps = 107;
  state.rows = {{{"loss", 1.0 / 3}, {"val_loss", std::nan("")}}};
  state.timing = {{3.5, 1.5, 640}};
  state.conditions = {"1.13", "a processor", "cpu", 2};
  return state;
}

TEST(TrainingState, ComesBackToTheLastBit) {
  const TrainingState state = someState();
  const TrainingState again = stateFromJson(nlohmann::json::parse(toJson(state).dump()), "test");
  EXPECT_EQ(again.epoch, 1);
  EXPECT_EQ(again.step, 7);
  EXPECT_EQ(again.sums.loss, 0.1 + 0.2);
  EXPECT_EQ(again.sums.correct, 5);
  EXPECT_EQ(again.sums.images, 70);
  EXPECT_EQ(again.lr, 1e-3);
  EXPECT_EQ(again.optimiser_steps, 107);
  EXPECT_EQ(again.rows.at(0).at("loss"), 1.0 / 3);
  EXPECT_TRUE(std::isnan(again.rows.at(0).at("val_loss")));
  EXPECT_EQ(again.timing.at(0).images, 640);
  EXPECT_EQ(again.stop, std::nullopt);
  EXPECT_EQ(again.restored, std::nullopt);
  EXPECT_EQ(again.conditions, state.conditions);
}

TEST(TrainingState, RemembersWhichWeightsWerePutBack) {
  TrainingState state = someState();
  state.restored = 0;
  EXPECT_EQ(stateFromJson(toJson(state), "test").restored, 0);
}

TEST(TrainingState, RefusesWhatIsDamagedOrNewer) {
  const auto messageOf = [](const std::function<void(nlohmann::json&)>& change) -> std::string {
    nlohmann::json value = toJson(someState());
    change(value);
    try {
      stateFromJson(value, "here");
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(messageOf([](auto& v) { v["schema"] = 2; }), HasSubstr("newer fer"));
  EXPECT_THAT(messageOf([](auto& v) { v.erase("lr"); }), HasSubstr("lr: missing"));
  EXPECT_THAT(messageOf([](auto& v) { v["step"] = "x"; }), HasSubstr("step: expected a whole number"));
  EXPECT_THAT(messageOf([](auto& v) { v["epoch"] = 2; }), HasSubstr("rows: expected as many as finished epochs"));
  EXPECT_THAT(messageOf([](auto& v) { v["step"] = -1; }), HasSubstr("step: expected a whole number"));
  EXPECT_THAT(messageOf([](auto& v) { v = 5; }), HasSubstr("damaged"));
}

// A state as schema 1 wrote it: every later program must read it.
TEST(TrainingState, ReadsSchema1) {
  const std::string text = readFile(FER_FIXTURES "/training_state_schema1.json", Fault::kData);
  const TrainingState state = stateFromJson(parseJson(text, "fixture"), "fixture");
  EXPECT_EQ(state.epoch, 1);
  EXPECT_EQ(state.step, 7);
  EXPECT_EQ(state.rows.at(0).at("loss"), 0.5);
}

}  // namespace
}  // namespace fer::train
