#include <nlohmann/json.hpp>
#include <tuple>

#include "fer/report/comparison/writers.hpp"

namespace fer::report {
namespace {

using nlohmann::ordered_json;

ordered_json json(const metrics::Interval& interval) {
  return {interval.low, interval.high};
}

ordered_json json(const Measured& measured) {
  return {{"value", measured.value}, {"interval", json(measured.interval)}};
}

ordered_json json(const metrics::Difference& difference, double holm) {
  return {{"difference", difference.estimate},
          {"interval", json(difference.interval)},
          {"p", difference.p},
          {"p_holm", holm}};
}

ordered_json json(const metrics::Cost& cost) {
  return {{"gflop", cost.gflop},         {"file_bytes", cost.file_bytes},
          {"ms_a_face", cost.ms_a_face}, {"images_per_s", cost.images_per_s},
          {"processor", cost.processor}, {"threads", cost.threads}};
}

ordered_json json(const Published& published) {
  return {{"accuracy", published.accuracy},
          {"weighted_precision", published.precision},
          {"weighted_f1", published.f1},
          {"balanced_accuracy", published.balanced_accuracy}};
}

ordered_json json(const metrics::Robustness& robustness) {
  ordered_json areas = ordered_json::object();
  for (const auto& curve : robustness.curves) areas[curve.disturbance] = curve.area;
  return areas;
}

ordered_json json(const Spread& spread) {
  return {{"mean", spread.mean}, {"standard_deviation", spread.deviation}};
}

ordered_json json(const Folds& folds) {
  return {{"numbers", folds.numbers},
          {"of", folds.of},
          {"runs", folds.runs},
          {"accuracy", json(folds.accuracy)},
          {"balanced_accuracy", json(folds.balanced_accuracy)},
          {"macro_f1", json(folds.macro_f1)}};
}

/// The same predictions against a second set of labels.
ordered_json otherLabelsJson(const metrics::Summary& other) {
  ordered_json root{{"label_set", other.label_set}, {"rows", other.all.scores.rows}};
  for (const auto& [name, which, value] :
       {std::tuple{"accuracy", metrics::Score::kAccuracy, other.all.scores.accuracy},
        std::tuple{"macro_f1", metrics::Score::kMacroF1, other.all.scores.macro.f1}}) {
    root[name] = {{"value", value}};
    if (other.intervals) root[name]["interval"] = json(other.intervals->at(static_cast<std::size_t>(which)));
  }
  return root;
}

ordered_json json(const ComparableSet& set, const Entry& entry) {
  const metrics::Summary& summary = entry.summary();
  ordered_json scores;
  constexpr const char* kNames[metrics::kScores] = {"accuracy", "balanced_accuracy", "macro_f1", "weighted_f1", "ece"};
  for (std::size_t i = 0; i < metrics::kScores; ++i) scores[kNames[i]] = json(entry.scores[i]);
  scores["leak_free_accuracy"] = summary.leak_free.scores.accuracy;
  ordered_json recall;
  ordered_json f1;
  for (std::size_t i = 0; i < set.classes.size(); ++i) {
    recall.push_back(summary.all.scores.per_class.at(i).recall);
    f1.push_back(summary.all.scores.per_class.at(i).f1);
  }
  ordered_json root{{"name", entry.name},          {"model", summary.model},
                    {"tta", summary.tta},          {"weights", summary.checkpoint},
                    {"epoch", summary.epoch},      {"parameters", summary.parameters},
                    {"group", entry.letters},      {"test_reads", entry.test_reads},
                    {"scores", std::move(scores)}, {"recall", std::move(recall)},
                    {"f1", std::move(f1)}};
  if (entry.folds) root["folds"] = json(*entry.folds);
  if (summary.cost) root["cost"] = json(*summary.cost);
  if (entry.evaluated.other_labels) root["other_labels"] = otherLabelsJson(*entry.evaluated.other_labels);
  if (entry.published) root["published"] = json(*entry.published);
  if (entry.evaluated.robustness) root["robustness_areas"] = json(*entry.evaluated.robustness);
  return root;
}

ordered_json json(const ComparableSet& set, const Pair& pair) {
  return {{"first", set.entries[pair.first].name},
          {"second", set.entries[pair.second].name},
          {"only_first_right", pair.accuracy.only_first},
          {"only_second_right", pair.accuracy.only_second},
          {"mcnemar", {{"p", pair.accuracy.exact}, {"mid_p", pair.accuracy.mid_p}, {"p_holm", pair.accuracy_holm}}},
          {"macro_f1", json(pair.macro_f1, pair.macro_f1_holm)},
          {"balanced_accuracy", json(pair.balanced_accuracy, pair.balanced_accuracy_holm)},
          {"kappa", pair.kappa}};
}

ordered_json json(const ComparableSet& set, const Recipe& recipe) {
  ordered_json runs = ordered_json::array();
  for (const std::size_t i : recipe.entries) runs.push_back(set.entries[i].name);
  return {{"name", recipe.name},
          {"n", recipe.entries.size()},
          {"runs", std::move(runs)},
          {"seeds", recipe.seeds},
          {"accuracy", json(recipe.accuracy)},
          {"balanced_accuracy", json(recipe.balanced_accuracy)},
          {"macro_f1", json(recipe.macro_f1)}};
}

ordered_json json(const ComparableSet& set, const RecipePair& pair) {
  ordered_json root{{"first", set.recipes[pair.first].name}, {"second", set.recipes[pair.second].name}};
  root["accuracy"] = {{"difference", pair.accuracy.difference},
                      {"interval", json(pair.accuracy.interval)},
                      {"degrees_of_freedom", pair.accuracy.degrees},
                      {"p", pair.accuracy.p},
                      {"p_holm", pair.holm}};
  return root;
}

template <class List>
ordered_json listOf(const ComparableSet& set, const List& items) {
  ordered_json list = ordered_json::array();
  for (const auto& item : items) list.push_back(json(set, item));
  return list;
}

ordered_json json(const ComparableSet& set) {
  return {{"protocol", set.protocol},
          {"data_hash", set.data_hash},
          {"classes", set.classes},
          {"rows", set.rows},
          {"standard_error", set.standardError()},
          {"bootstrap_draws", set.draws},
          {"entries", listOf(set, set.entries)},
          {"pairs", listOf(set, set.pairs)},
          {"recipes", listOf(set, set.recipes)},
          {"recipe_pairs", listOf(set, set.recipe_pairs)}};
}

ordered_json json(const std::vector<KeyValues>& keys) {
  ordered_json root = ordered_json::object();
  for (const KeyValues& key : keys) root[key.key] = key.values;
  return root;
}

}  // namespace

std::string comparisonJson(const Comparison& comparison) {
  ordered_json root{{"schema", kComparisonSchema},
                    {"split", comparison.split},
                    {"apart", comparison.apart},
                    {"sets", ordered_json::array()},
                    {"config_differences", json(comparison.config_differences)},
                    {"environment", json(comparison.environment)}};
  for (const ComparableSet& set : comparison.sets) root["sets"].push_back(json(set));
  constexpr int kIndent = 2;
  return root.dump(kIndent, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace fer::report
