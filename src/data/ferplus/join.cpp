#include "data/ferplus/join.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/data/ferplus/votes.hpp"

namespace fer::data::ferplus {
namespace {

constexpr const char* kDistribution = "ferplus";
constexpr const char* kContemptClass = "contempt";

/// FER-2013's name of each emotion in the order of kVoteNames.
constexpr std::array<const char*, kVotedEmotions> kClassNames = {"neutral", "happy",   "surprise", "sad",
                                                                 "angry",   "disgust", "fear",     kContemptClass};

void requireSameRows(const LoadedData& loaded, const FerPlusVotes& votes) {
  const Dataset& dataset = loaded.dataset;
  const DataOptions& options = loaded.options;
  const std::string expected = ": expected FER-2013, row for row as in " + options.ferplus;
  if (dataset.classes() != fer2013Classes())
    throw dataError(options.path + expected + "; its classes are not FER-2013's seven in their order");
  if (dataset.size() != votes.votes.size())
    throw dataError(options.path + expected + ", which has " + std::to_string(votes.votes.size()) + " rows; it has " +
                    std::to_string(dataset.size()));
  for (std::uint32_t row = 0; row < dataset.size(); ++row)
    if (dataset.partName(row) != fer2013Parts()[votes.parts[row]])
      throw dataError(options.path + expected + "; row " + std::to_string(row) + " is of " +
                      (dataset.partName(row).empty() ? "no part" : dataset.partName(row)) + " here and of " +
                      fer2013Parts()[votes.parts[row]] + " there");
}

const char* ruleOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kNoEmotion:
      return "most votes for unknown or no face";
    case Verdict::kNoMajority:
      return "no emotion with more than half of the votes";
    case Verdict::kSpread:
      return "votes spread over too many emotions";
    case Verdict::kContempt:
      return "contempt, which data.contempt=false drops";
    case Verdict::kKept:
      break;
  }
  return "";
}

/// Where each emotion stands among the classes; contempt stands beyond them where it is dropped.
std::array<std::uint8_t, kVotedEmotions> placesIn(const std::vector<std::string>& classes) {
  std::array<std::uint8_t, kVotedEmotions> places{};
  for (std::size_t i = 0; i < kVotedEmotions; ++i)
    places[i] = static_cast<std::uint8_t>(std::find(classes.begin(), classes.end(), kClassNames[i]) - classes.begin());
  return places;
}

/// The rows that FER+ keeps, and what it says of them.
struct Judged {
  std::vector<std::uint32_t> kept;
  std::vector<std::uint8_t> labels;  ///< of all rows; kNoLabel where one is dropped
  std::vector<float> targets;        ///< of those kept
  std::map<Verdict, std::size_t> dropped;
};

Judged judgeAll(const FerPlusVotes& votes, bool majority, const std::vector<std::string>& classes) {
  const bool contempt = classes.back() == kContemptClass;
  const auto places = placesIn(classes);
  Judged judged;
  judged.labels.assign(votes.votes.size(), kNoLabel);
  for (std::uint32_t row = 0; row < votes.votes.size(); ++row) {
    const Judgement judgement = judge(votes.votes[row], majority, contempt);
    if (judgement.verdict != Verdict::kKept) {
      ++judged.dropped[judgement.verdict];
      continue;
    }
    judged.kept.push_back(row);
    judged.labels[row] = places[judgement.strongest];
    const std::size_t begin = judged.targets.size();
    judged.targets.resize(begin + classes.size());
    for (std::size_t i = 0; i < kVotedEmotions; ++i)
      if (places[i] < classes.size()) judged.targets[begin + places[i]] = static_cast<float>(judgement.shares[i]);
  }
  return judged;
}

std::string keptText(const Judged& judged, const std::string& what) {
  std::string text = "FER+: " + what + " for " + std::to_string(judged.kept.size()) + " of " +
                     std::to_string(judged.labels.size()) + " rows";
  for (const auto& [verdict, count] : judged.dropped)
    text += "; " + std::to_string(count) + " dropped: " + ruleOf(verdict);
  return text;
}

}  // namespace

bool wanted(const DataOptions& options) {
  return !options.ferplus.empty();
}

LoadedData join(LoadedData loaded) {
  const DataOptions& options = loaded.options;
  const FerPlusVotes votes = readFerPlus(options.ferplus);
  requireSameRows(loaded, votes);
  std::vector<std::string> classes = fer2013Classes();
  if (options.targets == "hard") {
    const Judged judged = judgeAll(votes, true, classes);
    loaded.other_labels = {"FER+", judged.labels};
    loaded.votes = votes.votes;
    return loaded;
  }
  if (options.contempt) classes.emplace_back(kContemptClass);
  const bool distribution = options.targets == kDistribution;
  Judged judged = judgeAll(votes, !distribution, classes);
  if (judged.kept.empty()) throw dataError(options.ferplus + ": its votes leave no row");
  loaded.notes.push_back(keptText(judged, distribution ? "distributions" : "majorities"));
  DatasetColumns columns = loaded.dataset.select(judged.kept).columns();
  loaded.other_labels = {"FER-2013", std::move(columns.labels)};
  columns.labels.clear();
  for (const std::uint32_t row : judged.kept) columns.labels.push_back(judged.labels[row]);
  if (distribution) columns.targets = std::move(judged.targets);
  loaded.dataset = Dataset(loaded.dataset.shape(), std::move(classes), std::move(columns), loaded.dataset.parts());
  return loaded;
}

}  // namespace fer::data::ferplus
