#include "fer/core/text/csv.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/report/comparison/writers.hpp"

namespace fer::report {
namespace {

using metrics::Cost;

std::string ofCost(const Entry& entry, double (*value)(const Cost&)) {
  return entry.summary().cost ? shortest(value(*entry.summary().cost)) : "";
}

std::string ofFolds(const Entry& entry, Spread Folds::*score, double Spread::*value) {
  return entry.folds ? shortest((*entry.folds).*score.*value) : "";
}

struct CsvColumn {
  const char* name;
  std::string (*value)(const ComparableSet& set, const Entry& entry);
};

constexpr CsvColumn kBefore[] = {
    {"name", [](const ComparableSet&, const Entry& e) { return e.name; }},
    {"model", [](const ComparableSet&, const Entry& e) { return e.summary().model; }},
    {"split", [](const ComparableSet&, const Entry& e) { return e.summary().split; }},
    {"tta", [](const ComparableSet&, const Entry& e) { return e.summary().tta; }},
    {"protocol", [](const ComparableSet& s, const Entry&) { return s.protocol; }},
    {"data_hash", [](const ComparableSet& s, const Entry&) { return s.data_hash; }},
    {"rows", [](const ComparableSet& s, const Entry&) { return std::to_string(s.rows); }},
    {"weights", [](const ComparableSet&, const Entry& e) { return e.summary().checkpoint; }},
    {"epoch", [](const ComparableSet&, const Entry& e) { return std::to_string(e.summary().epoch); }},
    {"test_reads", [](const ComparableSet&, const Entry& e) { return std::to_string(e.test_reads); }},
    {"group", [](const ComparableSet&, const Entry& e) { return e.letters; }},
};

constexpr const char* kScoreNames[metrics::kScores] = {"accuracy", "balanced_accuracy", "macro_f1", "weighted_f1",
                                                       "ece"};

constexpr CsvColumn kAfter[] = {
    {"leak_free_accuracy",
     [](const ComparableSet&, const Entry& e) { return shortest(e.summary().leak_free.scores.accuracy); }},
    {"top2", [](const ComparableSet&, const Entry& e) { return shortest(e.probability.top2); }},
    {"kappa", [](const ComparableSet&, const Entry& e) { return shortest(e.probability.kappa); }},
    {"mcc", [](const ComparableSet&, const Entry& e) { return shortest(e.probability.mcc); }},
    {"nll", [](const ComparableSet&, const Entry& e) { return shortest(e.probability.nll); }},
    {"brier", [](const ComparableSet&, const Entry& e) { return shortest(e.probability.brier); }},
    {"parameters", [](const ComparableSet&, const Entry& e) { return std::to_string(e.summary().parameters); }},
    {"gflop", [](const ComparableSet&, const Entry& e) { return ofCost(e, [](const Cost& c) { return c.gflop; }); }},
    {"file_bytes", [](const ComparableSet&,
                      const Entry& e) { return e.summary().cost ? std::to_string(e.summary().cost->file_bytes) : ""; }},
    {"ms_a_face",
     [](const ComparableSet&, const Entry& e) { return ofCost(e, [](const Cost& c) { return c.ms_a_face; }); }},
    {"images_per_s",
     [](const ComparableSet&, const Entry& e) { return ofCost(e, [](const Cost& c) { return c.images_per_s; }); }},
    {"folds",
     [](const ComparableSet&, const Entry& e) { return e.folds ? std::to_string(e.folds->numbers.size()) : ""; }},
    {"accuracy_fold_mean",
     [](const ComparableSet&, const Entry& e) { return ofFolds(e, &Folds::accuracy, &Spread::mean); }},
    {"accuracy_fold_deviation",
     [](const ComparableSet&, const Entry& e) { return ofFolds(e, &Folds::accuracy, &Spread::deviation); }},
    {"balanced_accuracy_fold_mean",
     [](const ComparableSet&, const Entry& e) { return ofFolds(e, &Folds::balanced_accuracy, &Spread::mean); }},
    {"balanced_accuracy_fold_deviation",
     [](const ComparableSet&, const Entry& e) { return ofFolds(e, &Folds::balanced_accuracy, &Spread::deviation); }},
    {"macro_f1_fold_mean",
     [](const ComparableSet&, const Entry& e) { return ofFolds(e, &Folds::macro_f1, &Spread::mean); }},
    {"macro_f1_fold_deviation",
     [](const ComparableSet&, const Entry& e) { return ofFolds(e, &Folds::macro_f1, &Spread::deviation); }},
};

std::vector<std::string> header() {
  std::vector<std::string> names;
  for (const CsvColumn& column : kBefore) names.emplace_back(column.name);
  for (const std::string name : kScoreNames) names.insert(names.end(), {name, name + "_low", name + "_high"});
  for (const CsvColumn& column : kAfter) names.emplace_back(column.name);
  return names;
}

std::vector<std::string> fieldsOf(const ComparableSet& set, const Entry& entry) {
  std::vector<std::string> fields;
  for (const CsvColumn& column : kBefore) fields.push_back(column.value(set, entry));
  for (const Measured& score : entry.scores)
    fields.insert(fields.end(), {shortest(score.value), shortest(score.interval.low), shortest(score.interval.high)});
  for (const CsvColumn& column : kAfter) fields.push_back(column.value(set, entry));
  return fields;
}

}  // namespace

std::string comparisonCsv(const Comparison& comparison) {
  std::string text = csvLine(header());
  for (const ComparableSet& set : comparison.sets)
    for (const Entry& entry : set.entries) text += csvLine(fieldsOf(set, entry));
  return text;
}

}  // namespace fer::report
