#include "fer/data/protocol.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string_view>

#include "data/folds.hpp"
#include "fer/core/error.hpp"
#include "fer/core/random.hpp"

namespace fer::data {
namespace {

using Rows = std::vector<std::uint32_t>;

/// A class's rows, shuffled, and how they are dealt out: the first `train`, then `validation`, then `test`.
struct Deal {
  std::size_t train = 0;
  std::size_t validation = 0;
  std::size_t test = 0;
};

void append(Rows& to, std::span<const std::uint32_t> rows) {
  to.insert(to.end(), rows.begin(), rows.end());
}

void dealOut(Rows rows, RandomStream stream, const Deal& deal, Split& split) {
  shuffle(std::span(rows), stream);
  const std::span<const std::uint32_t> all(rows);
  append(split.train, all.first(deal.train));
  append(split.validation, all.subspan(deal.train, deal.validation));
  append(split.test, all.subspan(deal.train + deal.validation, deal.test));
  append(split.unused, all.subspan(deal.train + deal.validation + deal.test));
}

/// The rows of each class that `wanted` takes, ascending.
template <class Wanted>
std::vector<Rows> rowsOfClasses(const Dataset& dataset, Wanted wanted) {
  std::vector<Rows> rows(dataset.classes().size());
  for (std::uint32_t row = 0; row < dataset.size(); ++row)
    if (wanted(roleOf(dataset.partName(row)))) rows[static_cast<std::size_t>(dataset.label(row))].push_back(row);
  return rows;
}

template <class DealFor>
void dealClasses(const std::vector<Rows>& classes, std::uint32_t seed, Split& split, DealFor deal_for) {
  for (std::uint32_t label = 0; label < classes.size(); ++label)
    dealOut(classes[label], RandomStream(seed, Purpose::kSplit, 0, label), deal_for(classes[label].size()), split);
}

bool hasRole(const Dataset& dataset, Role role) {
  const std::vector<std::uint8_t>& parts = dataset.columns().parts;
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::uint8_t part) { return roleOf(dataset.parts()[part]) == role; });
}

bool hasPart(const Dataset& dataset, std::string_view name) {
  const std::vector<std::uint8_t>& parts = dataset.columns().parts;
  return std::any_of(parts.begin(), parts.end(), [&](std::uint8_t part) { return dataset.parts()[part] == name; });
}

Split cutOriginal(const Dataset& dataset, const DataOptions& options) {
  Split split;
  for (std::uint32_t row = 0; row < dataset.size(); ++row) {
    const Role role = roleOf(dataset.partName(row));
    if (role == Role::kTest) split.test.push_back(row);
    if (role == Role::kValidate) split.validation.push_back(row);
    if (role == Role::kNothing) split.unused.push_back(row);
  }
  const bool own_validation = !split.validation.empty();
  dealClasses(rowsOfClasses(dataset, [](Role role) { return role == Role::kTrain; }), options.split_seed, split,
              [&](std::size_t rows) {
                if (own_validation) return Deal{rows, 0, 0};
                // As the original's int(0.8 * n) and int(0.2 * n): products of doubles, cut off. 0.2 * 15 is 3.
                const auto n = static_cast<double>(rows);
                return Deal{static_cast<std::size_t>(0.8 * n), static_cast<std::size_t>(0.2 * n), 0};
              });
  return split;
}

Split cutChallenge(const Dataset& dataset, const DataOptions&) {
  Split split;
  for (std::uint32_t row = 0; row < dataset.size(); ++row) {
    const std::string& part = dataset.partName(row);
    const Role role = part == "PublicTest" ? Role::kValidate : roleOf(part);
    Rows& rows = role == Role::kTrain      ? split.train
                 : role == Role::kValidate ? split.validation
                 : role == Role::kTest     ? split.test
                                           : split.unused;
    rows.push_back(row);
  }
  return split;
}

/// Everything but the test rows trains, once nothing is left to choose. PublicTest still shows that a training goes on.
Split cutRefit(const Dataset& dataset, const DataOptions& options) {
  Split split = cutChallenge(dataset, options);
  append(split.train, split.validation);
  return split;
}

Split cutFractions(const Dataset& dataset, const DataOptions& options) {
  const double train_share = options.fractions.at(0);
  const double both_share = train_share + options.fractions.at(1);
  const auto boundary = [](double share, std::size_t rows) {
    return std::min(rows, static_cast<std::size_t>(std::llround(share * static_cast<double>(rows))));
  };
  Split split;
  dealClasses(rowsOfClasses(dataset, [](Role) { return true; }), options.split_seed, split, [&](std::size_t rows) {
    const std::size_t train = boundary(train_share, rows);
    const std::size_t both = boundary(both_share, rows);
    return Deal{train, both - train, rows - both};
  });
  return split;
}

constexpr Protocol kProtocols[] = {
    {"original", "80/20 of Training, test on PublicTest + PrivateTest", &cutOriginal, true, true},
    {"challenge", "train on Training, validate on PublicTest, test on PrivateTest", &cutChallenge, false, true},
    {"refit", "train on Training and PublicTest, which is validated on as well; test on PrivateTest", &cutRefit, false,
     false},
    {"fractions", "cut all rows by data.fractions", &cutFractions, true, true},
    {"kfold", "of data.folds folds of Training, data.fold validates, the others train; test on PrivateTest", &cutFolds,
     true, true},
};

/// Refuses a dataset that lacks a part which the protocol is made of.
void requireParts(const Dataset& dataset, const DataOptions& options) {
  const bool of_fer2013 = dataset.parts() == fer2013Parts();
  std::string missing;
  const auto note = [&missing](const std::string& part) { missing += (missing.empty() ? "" : ", ") + part; };
  if (!hasRole(dataset, Role::kTrain)) note(of_fer2013 ? "Training" : "train");
  if (options.protocol == "original" && !hasRole(dataset, Role::kTest))
    note(of_fer2013 ? "PublicTest or PrivateTest" : "test");
  const auto note_absent = [&](const std::string& part) {
    if (!hasPart(dataset, part)) note(part);
  };
  const bool by_usage = options.protocol == "challenge" || options.protocol == "refit";
  if (by_usage) note_absent(of_fer2013 ? "PublicTest" : "validation");
  if (by_usage || options.protocol == "kfold") note_absent(of_fer2013 ? "PrivateTest" : "test");
  if (!missing.empty())
    throw dataError(options.path + ": data.protocol=" + options.protocol + " needs rows of usage " + missing +
                    ", and there are none. Cut the rows by shares with data.protocol=fractions.");
}

void requireNoEmptyPart(const Split& split, const DataOptions& options) {
  const std::pair<const char*, const Rows*> parts[] = {
      {"training", &split.train}, {"validation", &split.validation}, {"test", &split.test}};
  for (const auto& [name, rows] : parts)
    if (rows->empty())
      throw dataError(options.path + ": data.protocol=" + options.protocol + " leaves no row for the " + name +
                      " part. Give more rows of each class" +
                      (options.protocol == "fractions" ? " or other data.fractions."
                       : options.protocol == "kfold"   ? " or fewer data.folds."
                                                       : "."));
}

}  // namespace

std::span<const Protocol> protocols() {
  return kProtocols;
}

const Protocol& protocolNamed(const std::string& name) {
  const auto* const found = std::find_if(std::begin(kProtocols), std::end(kProtocols),
                                         [&](const Protocol& entry) { return name == entry.name; });
  if (found == std::end(kProtocols)) throw std::invalid_argument("protocolNamed: no such protocol: " + name);
  return *found;
}

Split cut(const Dataset& dataset, const DataOptions& options) {
  const Protocol& protocol = protocolNamed(options.protocol);
  if (options.protocol != "fractions") requireParts(dataset, options);
  Split split = protocol.cut(dataset, options);
  for (Rows* rows : {&split.train, &split.validation, &split.test, &split.unused})
    std::sort(rows->begin(), rows->end());
  requireNoEmptyPart(split, options);
  return split;
}

}  // namespace fer::data
