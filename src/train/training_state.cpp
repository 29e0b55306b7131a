#include "fer/train/training_state.hpp"

#include <limits>
#include <nlohmann/json.hpp>

#include "fer/core/error.hpp"

namespace fer::train {
namespace {

using nlohmann::json;

constexpr int kStateSchema = 1;

/// JSON has no NaN: a value that is not finite is stored as null and read back as NaN.
double number(const json& value) {
  return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

json rowsJson(const std::vector<EpochLogs>& rows) {
  json list = json::array();
  for (const EpochLogs& row : rows) list.push_back(json(row));
  return list;
}

std::vector<EpochLogs> rowsFrom(const json& list) {
  std::vector<EpochLogs> rows;
  for (const json& item : list) {
    EpochLogs& row = rows.emplace_back();
    for (const auto& [name, value] : item.items()) row[name] = number(value);
  }
  return rows;
}

json timingJson(const std::vector<EpochTiming>& timing) {
  json list = json::array();
  for (const EpochTiming& item : timing) list.push_back({item.train_seconds, item.validation_seconds, item.images});
  return list;
}

std::vector<EpochTiming> timingFrom(const json& list) {
  std::vector<EpochTiming> timing;
  for (const json& item : list)
    timing.push_back({item.at(0).get<double>(), item.at(1).get<double>(), item.at(2).get<std::int64_t>()});
  return timing;
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
            {"precision", conditions.precision}}}};
}

TrainingState stateFromJson(const json& value, const std::string& origin) {
  try {
    if (const int schema = value.at("schema").get<int>(); schema > kStateSchema)
      throw dataError(origin + ": written by a newer fer (training schema " + std::to_string(schema) +
                      "). Update fer.");
    TrainingState state;
    state.epoch = value.at("epoch").get<int>();
    state.step = value.at("step").get<int>();
    const json& sums = value.at("sums");
    state.sums = {sums.at("loss").get<double>(), sums.at("correct").get<std::int64_t>(),
                  sums.at("images").get<std::int64_t>()};
    state.train_seconds = value.at("train_seconds").get<double>();
    state.lr = value.at("lr").get<double>();
    state.optimiser_steps = value.at("optimiser_steps").get<std::int64_t>();
    state.rows = rowsFrom(value.at("rows"));
    state.timing = timingFrom(value.at("timing"));
    if (!value.at("stop").is_null()) state.stop = value.at("stop").get<std::string>();
    if (value.contains("restored") && !value.at("restored").is_null())  // earlier files of schema 1 have no such key
      state.restored = value.at("restored").get<int>();
    const json& conditions = value.at("conditions");
    state.conditions = {conditions.at("libtorch").get<std::string>(), conditions.at("processor").get<std::string>(),
                        conditions.at("device").get<std::string>(), conditions.at("threads").get<int>(),
                        conditions.value("precision", "fp32")};  // schema 1 knew no other
    if (state.epoch < 0 || state.step < 0 || state.optimiser_steps < 0 ||
        state.rows.size() != static_cast<std::size_t>(state.epoch) || state.timing.size() != state.rows.size())
      throw dataError(origin + ": the training state contradicts itself. Use another checkpoint.");
    return state;
  } catch (const json::exception& error) {
    throw dataError(origin + ": the training state is damaged (" + error.what() + "). Use another checkpoint.");
  }
}

}  // namespace fer::train
