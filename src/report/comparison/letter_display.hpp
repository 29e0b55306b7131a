#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace fer::report {

/// A compact letter display: two of `count` things share a letter if and only if they are not among the pairs that
/// differ. Letters go by the first thing that has one: "a" belongs to thing 0. After "z" come "aa", "ab" ...; such
/// names are set apart by blanks. Source: Piepho, "An algorithm for a letter-based representation of all-pairwise
/// comparisons", JCGS 2004 (insert and absorb).
std::vector<std::string> letterDisplay(std::size_t count,
                                       const std::vector<std::pair<std::size_t, std::size_t>>& different);

}  // namespace fer::report
