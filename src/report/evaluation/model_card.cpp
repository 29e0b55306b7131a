#include "fer/report/evaluation/model_card.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fer/core/config/config.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/core/text/joined.hpp"
#include "fer/core/text/json.hpp"
#include "fer/core/text/numbers.hpp"
#include "report/evaluation/fer2013.hpp"
#include "report/evaluation/model_card_texts.hpp"
#include "report/markdown_table.hpp"
#include "report/measures.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

using Align = MarkdownTable::Align;
using nlohmann::json;

json parsed(const std::string& text, const char* origin) {
  return text.empty() ? json::object() : parseJson(text, origin, Fault::kData);
}

/// The value at a JSON pointer as text; "" where there is none.
std::string valueAt(const json& root, const char* pointer) {
  const json::json_pointer place(pointer);
  if (!root.contains(place)) return "";
  const json& value = root.at(place);
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_unsigned()) return grouped(value.get<std::int64_t>());
  return value.is_primitive() && !value.is_null() ? value.dump() : "";
}

/// The names of a list of paths; "" where there is none.
std::string namesAt(const json& root, const char* pointer) {
  const json::json_pointer place(pointer);
  if (!root.contains(place) || !root.at(place).is_array()) return "";
  std::vector<std::string> paths;
  for (const json& path : root.at(place))
    if (path.is_string()) paths.push_back(path.get<std::string>());
  return namesToShow(paths);
}

/// Two columns; a row without a value is left out.
class Facts {
 public:
  Facts() {
    table_.column("what", Align::kLeft);
    table_.column("value", Align::kLeft);
  }
  void add(const char* what, const std::string& value, const std::string& after = "") {
    if (!value.empty()) table_.row({what, markdownText(value) + after});
  }
  std::string text() const { return table_.text(); }

 private:
  MarkdownTable table_;
};

std::string modelSection(const ModelCardSources& records, const json& config, const json& environment) {
  Facts facts;
  facts.add("run", records.name);
  if (!records.evaluations.empty()) {
    const metrics::Summary& one = records.evaluations.front();
    facts.add("model", one.model);
    for (const metrics::Member& member : one.members)
      facts.add("member", member.run, ", weight " + fixed(member.weight, kScoreDigits));
    facts.add("parameters", grouped(one.parameters));
    if (!one.engine.empty()) facts.add("file", one.model_file, ", run by " + markdownText(one.engine));
    if (records.temperature != 1)
      facts.add("calibrated", "logits divided by a temperature of " + fixed(records.temperature, kScoreDigits));
    facts.add("classes", joined(one.classes));
  } else {
    facts.add("model", valueAt(config, "/model/name"));
  }
  const std::string height = valueAt(config, "/data/height");
  if (!height.empty())
    facts.add("input", height + " x " + valueAt(config, "/data/width") + " pixels, " +
                           (valueAt(config, "/data/channels") == "1" ? "grey" : "colour"));
  facts.add("pretrained weights", nameToShow(valueAt(config, "/model/weights")));
  facts.add("starts from", nameToShow(valueAt(config, "/model/init")));
  facts.add("taught by", namesAt(config, "/train/distill/teachers"));
  facts.add("epochs at most", valueAt(config, "/train/epochs"));
  facts.add("batch size", valueAt(config, "/train/batch_size"));
  facts.add("optimiser", valueAt(config, "/train/optimiser/name"));
  facts.add("learning rate", valueAt(config, "/train/optimiser/lr"));
  // An exported model has no environment.
  const auto known = [&](const char* in_environment, const char* in_config) {
    const std::string value = valueAt(environment, in_environment);
    return value.empty() ? valueAt(config, in_config) : value;
  };
  facts.add("seed", known("/seed", "/train/seed"));
  facts.add("precision", known("/precision", "/train/precision"));
  facts.add("trained on", valueAt(environment, "/processor"));
  facts.add("fer", valueAt(environment, "/fer"));
  facts.add("LibTorch", valueAt(environment, "/libtorch"));
  return facts.text();
}

/// The names alone of files: where they lay is nobody's business.
std::string dataSection(const ModelCardSources& records, const json& environment) {
  Facts facts;
  const metrics::Summary* one = records.evaluations.empty() ? nullptr : &records.evaluations.front();
  const auto known = [&](const char* pointer, std::string metrics::Origin::*stored) {
    const std::string value = valueAt(environment, pointer);
    return value.empty() && one != nullptr ? (*one).*stored : value;
  };
  facts.add("dataset", nameToShow(known("/data/path", &metrics::Origin::data_path)));
  facts.add("data hash (SHA-256)", known("/data/hash", &metrics::Origin::data_hash));
  facts.add("protocol", known("/data/protocol", &metrics::Origin::protocol));
  facts.add("training images", valueAt(environment, "/data/train"));
  facts.add("validation images", valueAt(environment, "/data/validation"));
  facts.add("test images", valueAt(environment, "/data/test"));
  facts.add("in no split", valueAt(environment, "/data/unused"));
  facts.add("audit: test images that also stand, pixel for pixel, in the training images",
            valueAt(environment, "/data/test_also_in_train"));
  facts.add("audit: validation images that do", valueAt(environment, "/data/validation_also_in_train"));
  return facts.text();
}

std::string protocolSection(const ModelCardSources& records, const json& config) {
  std::string text =
      "The weights and every choice are made on the validation split; the test split is only scored. `docs/data.md` "
      "says "
      "how the\nprotocol cuts the data. Leak-free scores leave out images that also stand in the training images.\n";
  const bool last = !records.evaluations.empty() && records.evaluations.front().checkpoint == "final";
  const std::string monitor = valueAt(config, "/train/checkpoint/monitor");
  if (last) {
    text += "\nThe weights are those of the last epoch; none was chosen.\n";
  } else if (!monitor.empty()) {
    text += "\nThe best epoch is the one with the best " + markdownText(monitor) + ".\n";
  }
  int reads = 0;
  for (const metrics::Summary& one : records.evaluations) reads = std::max(reads, one.test_reads);
  if (reads > 0)
    text += "\nThe test split was evaluated " + std::to_string(reads) + (reads == 1 ? " time" : " times") +
            " so far: the more often, the less its score says.\n";
  return text;
}

std::string withInterval(double score, const metrics::Summary& summary, metrics::Score which) {
  if (!summary.intervals) return fixed(score, kScoreDigits);
  return fixed(score, kScoreDigits) + " (" + intervalText(summary.intervals->at(static_cast<std::size_t>(which))) + ")";
}

std::string splitText(const metrics::Summary& summary) {
  const std::string part = summary.protocol == metrics::kNoProtocol
                               ? "another dataset, " + std::filesystem::path(summary.data_path).filename().string()
                               : summary.split;
  return part + (summary.tta == "none" ? "" : ", " + summary.tta) +
         (summary.label_set.empty() ? "" : ", labels of " + summary.label_set);
}

/// What a temperature does to probabilities; "" where none was fitted.
std::string temperatureNote(const metrics::Summary& summary) {
  if (!summary.calibration) return "";
  const metrics::Calibration& calibration = *summary.calibration;
  return "- " + markdownText(splitText(summary)) + ": a temperature of " +
         fixed(calibration.temperature, kScoreDigits) + ", fitted on " + grouped(calibration.validation_rows) +
         " validation images, makes the ECE " + fixed(calibration.ece, kScoreDigits) +
         " and the negative log-likelihood " + fixed(calibration.nll, kScoreDigits) +
         (summary.probability ? " (without: " + fixed(summary.probability->nll, kScoreDigits) + ")" : "") + ".\n";
}

std::string partNotes(const metrics::Summary& summary) {
  std::string text;
  for (const metrics::UsagePart& part : summary.parts)
    text += "- " + markdownText(splitText(summary)) + ", its " + grouped(part.scored.scores.rows) + " images of " +
            markdownText(usageText(part)) + ": accuracy " + fixed(part.scored.scores.accuracy, kScoreDigits) +
            ", balanced accuracy " + fixed(part.scored.scores.balanced_accuracy, kScoreDigits) + ", weighted F1 " +
            fixed(part.scored.scores.weighted.f1, kScoreDigits) + ".\n";
  return text;
}

/// The classes with the highest and the lowest recall.
std::string extremes(const metrics::Summary& summary) {
  std::size_t best = summary.classes.size();
  std::size_t worst = best;
  const auto& classes = summary.all.scores.per_class;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (classes[i].support == 0) continue;
    if (best == classes.size() || classes[i].recall > classes[best].recall) best = i;
    if (worst == classes.size() || classes[i].recall < classes[worst].recall) worst = i;
  }
  if (best == worst) return "";
  const auto said = [&](std::size_t i) {
    return markdownText(summary.classes[i]) + " (recall " + fixed(classes[i].recall, kScoreDigits) + ")";
  };
  return "- " + markdownText(splitText(summary)) + ": recognised best is " + said(best) + ", worst " + said(worst) +
         ".\n";
}

std::string scoresSection(const ModelCardSources& records) {
  if (records.evaluations.empty()) return "Not evaluated yet: `fer-eval --run RUN`.\n";
  MarkdownTable table;
  table.column("split", Align::kLeft);
  table.column("checkpoint", Align::kLeft);
  for (const char* heading : {"images", "accuracy", "balanced accuracy", "macro F1", "ECE", "leak-free accuracy"})
    table.column(heading, Align::kRight);
  std::string notes;
  for (const metrics::Summary& one : records.evaluations) {
    const metrics::Scores& scores = one.all.scores;
    using metrics::Score;
    table.row({markdownText(splitText(one)), markdownText(one.checkpoint), grouped(scores.rows),
               withInterval(scores.accuracy, one, Score::kAccuracy),
               withInterval(scores.balanced_accuracy, one, Score::kBalancedAccuracy),
               withInterval(scores.macro.f1, one, Score::kMacroF1),
               one.probability ? withInterval(one.probability->ece, one, Score::kEce) : "–",
               one.protocol == metrics::kNoProtocol ? "–" : fixed(one.leak_free.scores.accuracy, kScoreDigits)});
    if (one.label_set.empty()) notes += extremes(one);
    notes += temperatureNote(one) + partNotes(one);
    if (one.ceiling) notes += "- " + markdownText(splitText(one)) + ", " + ceilingText(*one.ceiling) + ".\n";
    if (const std::string alike = alikeText(one); !alike.empty())
      notes += "- " + markdownText(splitText(one)) + ": " + alike + "\n";
  }
  return table.text() + "\nIn brackets: 95 % intervals, bootstrapped (BCa) over the images.\n\n" + notes;
}

/// Of the test split as it is, against the run's own labels.
std::string confusionSection(const ModelCardSources& records) {
  const auto plain = std::find_if(records.evaluations.begin(), records.evaluations.end(), [](const auto& one) {
    return one.split == "test" && one.tta == "none" && one.label_set.empty();
  });
  if (plain == records.evaluations.end()) return "";
  MarkdownTable table;
  table.column("true class", Align::kLeft);
  for (const std::string& name : plain->classes) table.column(markdownText(name), Align::kRight);
  for (std::size_t truth = 0; truth < plain->classes.size(); ++truth) {
    std::vector<std::string> cells{markdownText(plain->classes[truth])};
    for (std::size_t predicted = 0; predicted < plain->classes.size(); ++predicted)
      cells.push_back(grouped(plain->all.confusion.at(truth, predicted)));
    table.row(std::move(cells));
  }
  return "\n## Confusion matrix\n\nImages of the test split by true class (rows) and predicted class (columns).\n\n" +
         table.text();
}

std::string costSection(const ModelCardSources& records) {
  std::string text;
  for (const metrics::Summary& one : records.evaluations)
    if (one.cost && one.label_set.empty())
      text += "- " + markdownText(splitText(one)) + ": " + markdownText(costText(*one.cost)) + ".\n";
  return text.empty() ? "Not measured: `fer-eval --run RUN --cost`.\n" : text;
}

bool isOfFer2013(const ModelCardSources& records, const json& environment) {
  if (!records.evaluations.empty())
    return std::any_of(records.evaluations.begin(), records.evaluations.end(),
                       [](const metrics::Summary& one) { return isFer2013(one); });
  const json::json_pointer rows("/data/test");
  const bool counted = environment.contains(rows) && environment.at(rows).is_number_unsigned();
  return isFer2013(valueAt(environment, "/data/hash"), valueAt(environment, "/data/protocol"), "test",
                   counted ? environment.at(rows).get<std::int64_t>() : 0);
}

}  // namespace

std::string modelCard(const ModelCardSources& records) {
  const json config = parsed(records.config, "config.json");
  const json environment = parsed(records.environment, "environment.json");
  return "# Model card: " + markdownText(records.name) +
         "\n\nfer-eval writes this from what the run stores, anew with every evaluation.\n\n## Model\n\n" +
         modelSection(records, config, environment) + "\n## Intended use\n\n" + std::string(kIntendedUse) +
         "\n## Data\n\n" + dataSection(records, environment) + "\n## Protocol\n\n" + protocolSection(records, config) +
         "\n## Scores\n\n" + scoresSection(records) + confusionSection(records) + "\n## Cost\n\n" +
         costSection(records) + "\n## Limits\n\n" +
         std::string(isOfFer2013(records, environment) ? kFer2013Limits : kOtherLimits) + std::string(kLimits);
}

}  // namespace fer::report
