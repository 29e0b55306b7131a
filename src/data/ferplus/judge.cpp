#include <algorithm>
#include <numeric>

#include "fer/data/ferplus/votes.hpp"

namespace fer::data {
namespace {

constexpr std::size_t kColumns = kVoteNames.size();
constexpr std::size_t kContemptColumn = 7;

using Shares = std::array<double, kColumns>;

double sumOf(const Shares& shares) {
  return std::accumulate(shares.begin(), shares.end(), 0.0);
}

std::size_t strongestOf(const Shares& shares) {
  return static_cast<std::size_t>(std::max_element(shares.begin(), shares.end()) - shares.begin());
}

Verdict takeMajority(const Shares& votes, Shares& taken) {
  const std::size_t strongest = strongestOf(votes);
  if (votes[strongest] <= 0.5 * sumOf(votes)) return Verdict::kNoMajority;
  taken[strongest] = votes[strongest];
  return Verdict::kKept;
}

/// The columns with as many votes as the strongest left, moved into `taken`. Stops at one that is no emotion, which
/// ends the matter: it counts only where nothing was ahead of it.
bool takeStrongest(Shares& left, Shares& taken, double& taken_votes, int& count) {
  const double most = left[strongestOf(left)];
  for (std::size_t i = 0; i < kColumns; ++i) {
    if (left[i] != most) continue;
    taken[i] = most;
    left[i] = 0;
    taken_votes += most;
    ++count;
    if (i < kVotedEmotions) continue;
    if (sumOf(taken) > most) {
      taken[i] = 0;
      --count;
    }
    return false;
  }
  return true;
}

Verdict takeDistribution(Shares left, Shares& taken) {
  constexpr double kEnough = 0.75;
  constexpr int kMost = 3;
  const double all = sumOf(left);
  double taken_votes = 0;
  int count = 0;
  while (taken_votes < kEnough * all && count < kMost)
    if (!takeStrongest(left, taken, taken_votes, count)) break;
  return sumOf(taken) <= 0.5 * all || count > kMost ? Verdict::kSpread : Verdict::kKept;
}

}  // namespace

Judgement judge(const Votes& votes, bool majority, bool contempt) {
  Shares left{};
  for (std::size_t i = 0; i < kColumns; ++i) left[i] = votes[i] > 1 ? votes[i] : 0;
  Shares taken{};
  Judgement result;
  result.verdict = majority ? takeMajority(left, taken) : takeDistribution(left, taken);
  if (result.verdict != Verdict::kKept) return result;
  result.strongest = strongestOf(taken);
  if (result.strongest >= kVotedEmotions) result.verdict = Verdict::kNoEmotion;
  if (!contempt && result.strongest == kContemptColumn) result.verdict = Verdict::kContempt;
  if (result.verdict != Verdict::kKept) return result;
  if (!contempt) taken[kContemptColumn] = 0;
  const double sum = std::accumulate(taken.begin(), taken.begin() + kVotedEmotions, 0.0);
  for (std::size_t i = 0; i < kVotedEmotions; ++i) result.shares[i] = taken[i] / sum;
  return result;
}

}  // namespace fer::data
