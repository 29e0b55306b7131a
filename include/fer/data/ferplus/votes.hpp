#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fer::data {

/// FER+'s columns: what ten people saw in each image of FER-2013. The last two are no emotion.
constexpr std::array<const char*, 10> kVoteNames = {"neutral", "happiness", "surprise", "sadness", "anger",
                                                    "disgust", "fear",      "contempt", "unknown", "NF"};
constexpr std::size_t kVotedEmotions = 8;  ///< the first so many of them

using Votes = std::array<std::uint16_t, kVoteNames.size()>;

/// fer2013new.csv, a row for each of FER-2013's, in its order.
struct FerPlusVotes {
  std::vector<std::uint8_t> parts;  ///< of fer2013Parts()
  std::vector<Votes> votes;
};

/// Reads FER+'s fer2013new.csv (github.com/microsoft/FERPlus; columns Usage, Image name, then the ten of kVoteNames) as
/// readFerCsv reads its kind: columns in any order and case, CRLF, quotes, a byte order mark. Votes are whole numbers
/// 0..1000, one at least in a row. Throws Error (bad data) with up to 20 faults as file:line:column.
FerPlusVotes readFerPlus(const std::filesystem::path& path);

/// What becomes of an image, and by which rule of the FER+ authors' reader (src/ferplus.py).
enum class Verdict {
  kKept,
  kNoEmotion,   ///< most votes are for unknown or no face
  kNoMajority,  ///< no emotion has more than half of the votes (majority only)
  kSpread,      ///< the leading emotions have no more than half of the votes, or are more than three (distribution)
  kContempt,    ///< most votes are for contempt, which is not wanted
};

/// An image's share of each emotion, in the order of kVoteNames; sums to 1 where it is kept.
struct Judgement {
  Verdict verdict = Verdict::kKept;
  std::array<double, kVotedEmotions> shares{};
  std::size_t strongest = 0;  ///< the emotion with most votes, the first of equals; where it is kept
};

/// Votes that stand alone (a single one) are dropped first. Then, as a majority: the emotion with more than half of the
/// votes, alone. As a distribution: emotions from the strongest on, until they have three quarters of the votes or are
/// three; others lose theirs. Source: Barsoum et al. 2016 (arXiv 1608.01041) and their reader's modes "majority" and
/// "crossentropy". Without contempt its share goes to the others.
Judgement judge(const Votes& votes, bool majority, bool contempt);

}  // namespace fer::data
