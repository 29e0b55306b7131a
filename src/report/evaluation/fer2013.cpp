#include "report/evaluation/fer2013.hpp"

#include <algorithm>

namespace fer::report {
namespace {

constexpr std::string_view kHash = "c44e7720fddb07647c254a29a0f1f21f56dcf162e23ba4c44c9d727a868bfb91";

struct Part {
  std::string_view protocol;
  std::string_view split;
  std::int64_t rows;
};

/// Source: docs/data.md, "Protocols".
constexpr Part kParts[] = {{"original", "train", 22965},      {"original", "validation", 5741},
                           {"original", "test", 7178},        {"challenge", "train", 28709},
                           {"challenge", "validation", 3589}, {"challenge", "test", 3589},
                           {"refit", "train", 32298},         {"refit", "test", 3589},
                           {"kfold", "test", 3589},           {"kfold", "validation", 28709}};  // of all folds together

}  // namespace

bool isFer2013(std::string_view data_hash, std::string_view protocol, std::string_view split, std::int64_t rows) {
  return data_hash == kHash || std::any_of(std::begin(kParts), std::end(kParts), [&](const Part& part) {
           return part.protocol == protocol && part.split == split && part.rows == rows;
         });
}

bool isFer2013(const metrics::Summary& summary) {
  return isFer2013(summary.data_hash, summary.protocol, summary.split, summary.all.scores.rows);
}

}  // namespace fer::report
