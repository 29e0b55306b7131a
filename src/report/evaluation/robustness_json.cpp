#include "fer/report/evaluation/robustness_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"

namespace fer::report {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// An object of the file, and how its faults are told.
class Object {
 public:
  Object(const json& value, const std::string& origin, std::string path)
      : value_(value), origin_(origin), path_(std::move(path)) {
    if (!value.is_object()) throw damaged("expected an object");
  }

  template <class Value>
  Value get(const char* key) const {
    try {
      return value_.at(key).get<Value>();
    } catch (const json::exception&) {
      throw damaged(std::string(key) + ": missing, or of another kind");
    }
  }

  std::vector<Object> list(const char* key) const {
    if (!value_.contains(key) || !value_[key].is_array()) throw damaged(std::string(key) + ": no list");
    std::vector<Object> items;
    for (std::size_t i = 0; i < value_[key].size(); ++i)
      items.emplace_back(value_[key][i], origin_, path_ + key + "[" + std::to_string(i) + "].");
    return items;
  }

  Error damaged(const std::string& what) const {
    return dataError(origin_ + ": " + path_ + what +
                     ". The file is damaged: evaluate again with fer-eval --robustness.");
  }

 private:
  const json& value_;
  const std::string& origin_;
  std::string path_;
};

bool isShare(double value) {
  return value >= 0 && value <= 1;
}

metrics::RobustnessCurve curveFrom(const Object& object) {
  metrics::RobustnessCurve curve;
  curve.disturbance = object.get<std::string>("disturbance");
  curve.unit = object.get<std::string>("unit");
  curve.clean = object.get<double>("clean");
  curve.levels = object.get<std::vector<double>>("levels");
  curve.accuracy = object.get<std::vector<double>>("accuracy");
  curve.macro_f1 = object.get<std::vector<double>>("macro_f1");
  curve.area = object.get<double>("area");
  if (!std::is_sorted(curve.levels.begin(), curve.levels.end()) ||
      std::find(curve.levels.begin(), curve.levels.end(), curve.clean) == curve.levels.end())
    throw object.damaged("levels: not ascending, or without the clean level");
  for (const auto& [key, values] : {std::pair{"accuracy", &curve.accuracy}, {"macro_f1", &curve.macro_f1}})
    if (values->size() != curve.levels.size() || !std::all_of(values->begin(), values->end(), isShare))
      throw object.damaged(std::string(key) + ": not a share from 0 to 1 for each level");
  if (!isShare(curve.area)) throw object.damaged("area: not from 0 to 1");
  return curve;
}

metrics::Slice sliceFrom(const Object& object) {
  metrics::Slice slice;
  slice.name = object.get<std::string>("name");
  slice.rows = object.get<std::int64_t>("rows");
  slice.accuracy = object.get<double>("accuracy");
  const auto interval = object.get<std::vector<double>>("interval");
  if (interval.size() != 2 || !isShare(interval[0]) || !isShare(interval[1]) || interval[0] > interval[1])
    throw object.damaged("interval: not two ascending shares");
  slice.interval = {interval[0], interval[1]};
  if (slice.rows < 0 || !isShare(slice.accuracy)) throw object.damaged("rows or accuracy: out of range");
  return slice;
}

}  // namespace

std::string robustnessJson(const metrics::Robustness& robustness) {
  ordered_json curves = ordered_json::array();
  for (const metrics::RobustnessCurve& curve : robustness.curves)
    curves.push_back({{"disturbance", curve.disturbance},
                      {"unit", curve.unit},
                      {"clean", curve.clean},
                      {"levels", curve.levels},
                      {"accuracy", curve.accuracy},
                      {"macro_f1", curve.macro_f1},
                      {"area", curve.area}});
  ordered_json slices = ordered_json::array();
  for (const metrics::Slice& slice : robustness.slices)
    slices.push_back({{"name", slice.name},
                      {"rows", slice.rows},
                      {"accuracy", slice.accuracy},
                      {"interval", {slice.interval.low, slice.interval.high}}});
  const ordered_json root{{"schema", kRobustnessSchema},
                          {"rows", robustness.rows},
                          {"curves", std::move(curves)},
                          {"slices", std::move(slices)}};
  constexpr int kIndent = 2;
  return root.dump(kIndent) + "\n";
}

metrics::Robustness parseRobustnessJson(std::string_view text, const std::string& origin) {
  const json value = parseJson(text, origin, Fault::kData);
  const Object root(value, origin, "");
  if (const int schema = root.get<int>("schema"); schema > kRobustnessSchema)
    throw dataError(origin + ": schema " + std::to_string(schema) + " is newer than this program's " +
                    std::to_string(kRobustnessSchema) + ". Use a newer fer.");
  metrics::Robustness result;
  result.rows = root.get<std::int64_t>("rows");
  for (const Object& curve : root.list("curves")) result.curves.push_back(curveFrom(curve));
  for (const Object& slice : root.list("slices")) result.slices.push_back(sliceFrom(slice));
  return result;
}

}  // namespace fer::report
