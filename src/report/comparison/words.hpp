#pragma once

#include <map>
#include <string>
#include <vector>

#include "fer/report/comparison/comparison.hpp"

namespace fer::report {

/// A share in per cent without the sign: 0.39249 as "39.25".
std::string percent(double share, int digits = 2);
/// "38.13 to 40.39".
std::string percentRange(const metrics::Interval& interval, int digits = 2);
/// Mean and standard deviation in per cent: "62.10 ± 0.84".
std::string spreadText(const Spread& spread);
/// A p value as papers print it: "0.032", "< 0.001".
std::string pValue(double p);

/// "original protocol, 7,178 images, data c44e7720fdd…".
std::string setTitle(const ComparableSet& set);

/// What a set says, in plain sentences: which entry is best, what it cannot be told apart from, how many differences
/// are real, how many images, one standard error. Plain text.
std::vector<std::string> headline(const ComparableSet& set);

/// What is to be known of single entries: of an ensemble and of folds what they are made of, "both is the mean of a
/// (0.50) and b (0.50)."; whose intervals are Wilson's. Plain text.
std::vector<std::string> entrySentences(const ComparableSet& set);

/// Why there are several sets and that they are not ranked together, and what to do; empty where there is one.
std::string apartSentence(const Comparison& comparison);

/// Each value of the key, "(empty)" where it is, with the names of its runs: "a, b". Plain text.
std::map<std::string, std::string> runsOf(const KeyValues& key);

/// What a reader must know of the data's worth and the law. Plain text.
std::vector<std::string> limits(const Comparison& comparison);

/// The report.md of an entry that is one run's, as seen from the folder `home`: a relative path, percent-encoded where
/// it is not plain.
std::string reportLink(const Entry& entry, const std::filesystem::path& home);

}  // namespace fer::report
