#include "fer/report/evaluation/robustness_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fer/core/text/json.hpp"

namespace fer::report {
namespace {

using nlohmann::ordered_json;

std::vector<double> sharesOf(const JsonNode& node) {
  std::vector<double> shares;
  for (const JsonNode& item : node.list()) shares.push_back(item.number(0, 1));
  return shares;
}

metrics::RobustnessCurve curveFrom(const JsonNode& node) {
  metrics::RobustnessCurve curve;
  curve.disturbance = node.at("disturbance").text();
  curve.unit = node.at("unit").text();
  curve.clean = node.at("clean").number();
  curve.levels = node.at("levels").numbers();
  curve.accuracy = sharesOf(node.at("accuracy"));
  curve.macro_f1 = sharesOf(node.at("macro_f1"));
  curve.area = node.at("area").number(0, 1);
  if (!std::is_sorted(curve.levels.begin(), curve.levels.end()) ||
      std::find(curve.levels.begin(), curve.levels.end(), curve.clean) == curve.levels.end())
    throw node.at("levels").wrong("ascending numbers, the clean level among them");
  for (const char* key : {"accuracy", "macro_f1"})
    if (node.at(key).list().size() != curve.levels.size()) throw node.at(key).wrong("a number for each level");
  return curve;
}

metrics::Slice sliceFrom(const JsonNode& node) {
  metrics::Slice slice;
  slice.name = node.at("name").text();
  slice.rows = node.at("rows").count<std::int64_t>();
  slice.accuracy = node.at("accuracy").number(0, 1);
  const std::vector<double> interval = sharesOf(node.at("interval"));
  if (interval.size() != 2 || interval[0] > interval[1]) throw node.at("interval").wrong("two ascending numbers");
  slice.interval = {interval[0], interval[1]};
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
  const nlohmann::json value = parseJson(text, origin, Fault::kData);
  const JsonNode root(value, origin, "The file is damaged: evaluate again with fer-eval --robustness.");
  root.schema(kRobustnessSchema);
  metrics::Robustness result;
  result.rows = root.at("rows").count<std::int64_t>();
  for (const JsonNode& curve : root.at("curves").list()) result.curves.push_back(curveFrom(curve));
  for (const JsonNode& slice : root.at("slices").list()) result.slices.push_back(sliceFrom(slice));
  return result;
}

}  // namespace fer::report
