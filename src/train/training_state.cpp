#include "fer/train/training_state.hpp"

#include <limits>
#include <nlohmann/json.hpp>

#include "fer/core/text/json.hpp"

namespace fer::train {
namespace {

using nlohmann::json;

constexpr int kStateSchema = 1;

/// JSON has no NaN: a value that is not finite is stored as null and read back as NaN.
double numberOrNan(const JsonNode& node) {
  return node.isNull() ? std::numeric_limits<double>::quiet_NaN() : node.number();
}

json rowsJson(const std::vector<EpochLogs>& rows) {
  json list = json::array();
  for (const EpochLogs& row : rows) list.push_back(json(row));
  return list;
}

std::vector<EpochLogs> rowsFrom(const JsonNode& node) {
  std::vector<EpochLogs> rows;
  for (const JsonNode& item : node.list()) {
    EpochLogs& row = rows.emplace_back();
    for (const auto& [name, value] : item.members()) row[name] = numberOrNan(value);
  }
  return rows;
}

json timingJson(const std::vector<EpochTiming>& timing) {
  json list = json::array();
  for (const EpochTiming& item : timing) list.push_back({item.train_seconds, item.validation_seconds, item.images});
  return list;
}

std::vector<EpochTiming> timingFrom(const JsonNode& node) {
  std::vector<EpochTiming> timing;
  for (const JsonNode& item : node.list()) {
    const std::vector<JsonNode> values = item.list();
    if (values.size() != 3) throw item.wrong("three numbers");
    timing.push_back({values[0].number(), values[1].number(), values[2].count<std::int64_t>()});
  }
  return timing;
}

nn::ComputeConditions conditionsFrom(const JsonNode& node) {
  return {node.at("libtorch").text(),
          node.at("processor").text(),
          node.at("device").text(),
          node.at("threads").count<int>(),
          node.has("precision") ? node.at("precision").text() : "fp32",  // schema 1 knew no other
          node.has("kernels") ? node.at("kernels").text() : "fast",
          node.has("processes") ? node.at("processes").count<int>() : 1};
}

}  // namespace

json toJson(const TrainingState& state) {
  const nn::ComputeConditions& conditions = state.conditions;
  return {{"schema", kStateSchema},
          {"epoch", state.epoch},
          {"step", state.step},
          {"sums", {{"loss", state.sums.loss}, {"correct", state.sums.correct}, {"images", state.sums.images}}},
          {"train_seconds", state.train_seconds},
          {"lr", state.lr},
          {"optimiser_steps", state.optimiser_steps},
          {"rows", rowsJson(state.rows)},
          {"timing", timingJson(state.timing)},
          {"stop", state.stop ? json(*state.stop) : json(nullptr)},
          {"restored", state.restored ? json(*state.restored) : json(nullptr)},
          {"conditions",
           {{"libtorch", conditions.libtorch},
            {"processor", conditions.processor},
            {"device", conditions.device},
            {"threads", conditions.threads},
            {"precision", conditions.precision},
            {"kernels", conditions.kernels},
            {"processes", conditions.processes}}}};
}

TrainingState stateFromJson(const json& value, const std::string& origin) {
  const JsonNode node(value, origin + " (training state)", "The checkpoint is damaged: use another one.");
  node.schema(kStateSchema);
  TrainingState state;
  state.epoch = node.at("epoch").count<int>();
  state.step = node.at("step").count<int>();
  const JsonNode sums = node.at("sums");
  state.sums = {sums.at("loss").number(), sums.at("correct").count<std::int64_t>(),
                sums.at("images").count<std::int64_t>()};
  state.train_seconds = node.at("train_seconds").number();
  state.lr = node.at("lr").number();
  state.optimiser_steps = node.at("optimiser_steps").count<std::int64_t>();
  state.rows = rowsFrom(node.at("rows"));
  state.timing = timingFrom(node.at("timing"));
  if (!node.at("stop").isNull()) state.stop = node.at("stop").text();
  if (node.has("restored") && !node.at("restored").isNull())  // earlier files of schema 1 have no such key
    state.restored = node.at("restored").count<int>();
  state.conditions = conditionsFrom(node.at("conditions"));
  if (state.rows.size() != static_cast<std::size_t>(state.epoch) || state.timing.size() != state.rows.size())
    throw node.at("rows").wrong("as many as finished epochs");
  return state;
}

}  // namespace fer::train
