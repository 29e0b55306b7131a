// Our hooks, epoch by epoch, against what Keras 2.12 and Keras 3 did on the same values:
// fixtures/keras/*_traces.json, written by oracles/keras2_traces.py and keras3_traces.py.
//
// What is otherwise on purpose; nothing else may differ:
//   1. A value that is not finite is never the best here. Keras 3 takes whatever comes first, a NaN too, which nothing
//      beats later; both versions take minus infinity for the best loss.
//   2. Keras 3 compares in float32; ours, like Keras 2, in double.
//   3. At the last epoch Keras 3 puts the best weights back as well; ours, like Keras 2, only where early stopping
//      ended the training.
//   4. Keras keeps the learning rate in float32; ours is a double.
//   5. metrics.csv ends lines with \n, not \r\n; writes 1 for 1.0 and the shorter of 0.0001 and 1e-04; its learning
//   rate
//      is "lr" as in Keras 2, not "learning_rate"; it has no val_ columns where nothing was validated, as Keras 2.
#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>
#include <sstream>

#include "fer/train/metrics_csv.hpp"
#include "support/keras_fixture.hpp"
#include "train/hooks/monitor_hooks.hpp"

namespace fer::train {
namespace {

using nlohmann::json;
using test::numbers;

struct Version {
  bool three;
  json fixture;
};

std::vector<Version> versions() {
  return {{false, test::kerasFixture("keras/keras2_traces.json")},
          {true, test::kerasFixture("keras/keras3_traces.json")}};
}

/// The sequence of a case; for mode max it was mirrored.
std::vector<double> valuesOf(const Version& version, const json& c) {
  std::vector<double> values = numbers(version.fixture.at("sequences").at(c.at("sequence").get<std::string>()));
  if (c.at("mode") == "max")
    for (double& value : values) value = -value;
  return values;
}

enum class Reason { kNone, kNotFinite, kFloat32 };

/// Why Keras may differ from ours: see 1 and 2 above.
Reason reasonToDiffer(const Version& version, const json& c) {
  const std::vector<double> values = valuesOf(version, c);
  const double best = c.at("mode") == "min" ? -HUGE_VAL : HUGE_VAL;
  if (std::count(values.begin(), values.end(), best) > 0) return Reason::kNotFinite;
  if (version.three && !std::isfinite(values.front())) return Reason::kNotFinite;
  const bool close = c.at("sequence").get<std::string>().ends_with("in float64 alone");
  return version.three && close ? Reason::kFloat32 : Reason::kNone;
}

std::vector<double> withNan(std::vector<double> values) {
  for (double& value : values)
    if (!std::isfinite(value)) value = std::nan("");
  return values;
}

graph::Graph oneDenseLayer() {
  graph::Graph graph({1, 1, 1});
  graph.add("flatten", graph::Flatten{}, {0});
  graph.add("weight", graph::Dense{1}, {1});
  return graph;
}

/// A training whose only weight is the number of the epoch, at whose ends a hook is called.
class StubTraining {
 public:
  StubTraining(std::unique_ptr<Hook> hook, double first_lr) : lr(first_lr), hook_(std::move(hook)) {}

  void epoch(const EpochLogs& logs) {
    const torch::NoGradGuard no_grad;
    at::Tensor(nn::namedState(network_).front().second).fill_(epochs);
    EpochEnd end{epochs++, logs, {}, network_, lr, stop, restored, {}};
    hook_->epochEnd(end);
  }

  json state() const {
    json state;
    nn::TensorFile tensors;
    hook_->save(state, tensors);
    return state;
  }

  int weights() const { return static_cast<int>(nn::namedState(network_).front().second.item<float>()); }

  int epochs = 0;
  double lr;
  std::optional<std::string> stop;
  std::optional<int> restored;

 private:
  nn::Network network_{oneDenseLayer()};
  std::unique_ptr<Hook> hook_;
};

json earlyStoppingTrace(const json& c, const std::vector<double>& values) {
  const json& given = c.at("options");
  EarlyStoppingOptions options{.mode = c.at("mode"),
                               .min_delta = given.value("min_delta", 0.0),
                               .patience = given.at("patience"),
                               .restore_best = given.value("restore_best", true)};
  if (given.contains("baseline")) options.baseline = given.at("baseline").get<double>();
  StubTraining training(earlyStopping(options), 1.0);
  json trace{{"wait", json::array()}, {"best", json::array()}};
  for (const double value : values) {
    if (training.stop) break;
    training.epoch({{"val_loss", value}});
    for (const char* key : {"wait", "best"}) trace[key].push_back(training.state().at(key));
  }
  trace["stopped"] = training.stop.has_value();
  trace["weights"] = training.weights();
  return trace;
}

json reduceLrTrace(const json& c, const std::vector<double>& values) {
  const json& given = c.at("options");
  const ReduceLrOptions options{.mode = c.at("mode"),
                                .factor = given.value("factor", 0.5),
                                .patience = given.at("patience"),
                                .min_delta = given.value("min_delta", 0.0),
                                .cooldown = given.value("cooldown", 0),
                                .min_lr = given.value("min_lr", 0.0)};
  StubTraining training(reduceLrOnPlateau(options), given.value("lr", 1.0));
  json trace{{"lr", json::array()}};
  for (const double value : values) {
    training.epoch({{"val_loss", value}});
    trace["lr"].push_back(training.lr);
    for (const char* key : {"wait", "best", "cooling"}) trace[key].push_back(training.state().at(key));
  }
  return trace;
}

json checkpointTrace(const json& c, const std::vector<double>& values) {
  json trace{{"saved", json::array()}};
  const CheckpointOptions options{.monitor = "val_loss", .mode = c.at("mode")};
  StubTraining training(bestCheckpoint(options, [&](int epoch) { trace["saved"].push_back(epoch); }), 1.0);
  for (const double value : values) training.epoch({{"val_loss", value}});
  return trace;
}

/// The fixture's case, with what Keras does otherwise by 3 and 4 above put as ours.
json kerasTrace(const Version& version, const json& c, const json& ours) {
  json trace;
  for (const auto& [key, value] : ours.items()) trace[key] = c.at(key);
  if (version.three && trace.contains("weights") && trace["stopped"] == false)
    trace["weights"] = trace["wait"].size() - 1;
  if (trace.contains("lr") && test::largestDifference(numbers(trace["lr"]), numbers(ours.at("lr"))) < 1e-7)
    trace["lr"] = ours.at("lr");
  return trace;
}

/// Compares every case of a section. Each reason to differ must show in one of them, or it is none.
void compareSection(const char* section, const std::function<json(const json&, const std::vector<double>&)>& trace) {
  for (const Version& version : versions()) {
    int compared = 0;
    std::map<Reason, int> differing;
    for (const json& c : version.fixture.at(section)) {
      const std::vector<double> values = valuesOf(version, c);
      const json ours = trace(c, values);
      const json keras = kerasTrace(version, c, ours);
      const Reason reason = reasonToDiffer(version, c);
      if (reason == Reason::kNone) {
        EXPECT_EQ(ours, keras) << version.fixture.at("made_by") << " " << c;
        ++compared;
      }
      if (reason == Reason::kNotFinite) {
        EXPECT_EQ(ours, trace(c, withNan(values))) << c;
      }
      if (ours != keras) ++differing[reason];
    }
    std::cout << version.fixture.at("made_by").get<std::string>() << ": " << section << ": " << compared
              << " equal, not finite " << differing[Reason::kNotFinite] << ", float32 " << differing[Reason::kFloat32]
              << "\n";
    EXPECT_GT(compared, 30);
    EXPECT_GT(differing[Reason::kNotFinite], 0);
    EXPECT_EQ(differing[Reason::kFloat32] > 0, version.three);
  }
}

TEST(KerasTraces, EarlyStopping) {
  compareSection("early_stopping", &earlyStoppingTrace);
}

TEST(KerasTraces, ReduceLrOnPlateau) {
  compareSection("reduce_lr", &reduceLrTrace);
}

TEST(KerasTraces, ModelCheckpoint) {
  compareSection("checkpoint", &checkpointTrace);
}

TEST(KerasTraces, Keras3RestoresInTheLastEpochAsWell) {
  for (const Version& version : versions()) {
    int restored = 0;
    for (const json& c : version.fixture.at("early_stopping"))
      if (c.at("stopped") == false && c.at("weights").get<std::size_t>() + 1 < c.at("wait").size()) ++restored;
    EXPECT_EQ(restored > 0, version.three) << version.fixture.at("made_by");
  }
}

using Table = std::vector<std::vector<std::string>>;

Table table(const std::string& csv, const std::string& line_end) {
  Table rows;
  for (std::size_t at = 0; at < csv.size();) {
    const std::size_t end = csv.find(line_end, at);
    std::istringstream line(csv.substr(at, end - at));
    rows.emplace_back();
    for (std::string cell; std::getline(line, cell, ',');) rows.back().push_back(cell);
    at = end + line_end.size();
  }
  return rows;
}

/// Keras 3's table as Keras 2 would have written it: see 5 above.
Table asKeras2(const Table& keras) {
  Table wanted(keras.size());
  for (const char* name : {"epoch", "accuracy", "loss", "learning_rate", "val_accuracy", "val_loss"})
    for (std::size_t column = 0; column < keras.front().size(); ++column) {
      if (keras.front()[column] != name) continue;
      if (keras.at(1)[column] == "NA") continue;  // nothing was validated
      for (std::size_t row = 0; row < keras.size(); ++row) wanted[row].push_back(keras[row][column]);
    }
  for (std::string& name : wanted.front())
    if (name == "learning_rate") name = "lr";
  return wanted;
}

/// The same text, or two texts of the same double.
bool sameCell(const std::string& ours, const std::string& keras) {
  if (ours == keras) return true;
  char* end = nullptr;
  const double a = std::strtod(ours.c_str(), &end);
  const bool whole = *end == '\0' && !ours.empty();
  const double b = std::strtod(keras.c_str(), &end);
  return whole && *end == '\0' && a == b && std::signbit(a) == std::signbit(b);
}

std::string csvOf(const json& rows) {
  StubTraining training(
      reduceLrOnPlateau({.monitor = "loss", .mode = "max", .factor = 0.5, .patience = 1, .min_delta = 0}), 0.5);
  std::vector<EpochLogs> logs;
  for (const json& row : rows) {
    EpochLogs values{{"lr", training.lr}};
    for (const auto& [name, value] : row.items()) values[name] = test::number(value);
    training.epoch(values);
    logs.push_back(values);
  }
  return metricsCsv(logs);
}

TEST(KerasTraces, CsvLogger) {
  for (const Version& version : versions()) {
    EXPECT_GE(version.fixture.at("csv").size(), 6U);
    for (const json& c : version.fixture.at("csv")) {
      const Table ours = table(csvOf(c.at("rows")), "\n");
      Table keras = table(c.at("text"), "\r\n");
      if (version.three) keras = asKeras2(keras);
      EXPECT_EQ(ours.front(), keras.front()) << c;
      ASSERT_EQ(ours.size(), keras.size()) << c;
      for (std::size_t row = 1; row < ours.size(); ++row)
        EXPECT_TRUE(std::equal(ours[row].begin(), ours[row].end(), keras[row].begin(), keras[row].end(), &sameCell))
            << row << " " << c;
    }
  }
}

}  // namespace
}  // namespace fer::train
