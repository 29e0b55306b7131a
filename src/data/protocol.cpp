#include "fer/data/protocol.hpp"

#include <algorithm>
#include <cmath>
#include <span>

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
    if (wanted(dataset.usage(row))) rows[static_cast<std::size_t>(dataset.label(row))].push_back(row);
  return rows;
}

template <class DealFor>
void dealClasses(const std::vector<Rows>& classes, std::uint32_t seed, Split& split, DealFor deal_for) {
  for (std::uint32_t label = 0; label < classes.size(); ++label)
    dealOut(classes[label], RandomStream(seed, Purpose::kSplit, 0, label), deal_for(classes[label].size()), split);
}

Split cutOriginal(const Dataset& dataset, const DataOptions& options) {
  Split split;
  dealClasses(rowsOfClasses(dataset, [](Usage usage) { return usage == Usage::kTraining; }), options.split_seed, split,
              [](std::size_t rows) {
                // As the original's int(0.8 * n) and int(0.2 * n): products of doubles, cut off. 0.2 * 15 is 3.
                const auto n = static_cast<double>(rows);
                return Deal{static_cast<std::size_t>(0.8 * n), static_cast<std::size_t>(0.2 * n), 0};
              });
  for (std::uint32_t row = 0; row < dataset.size(); ++row) {
    const Usage usage = dataset.usage(row);
    if (usage == Usage::kPublicTest || usage == Usage::kPrivateTest) split.test.push_back(row);
    if (usage == Usage::kNone) split.unused.push_back(row);
  }
  return split;
}

Split cutChallenge(const Dataset& dataset) {
  Split split;
  Rows* const places[] = {&split.train, &split.validation, &split.test, &split.unused};  // in the order of Usage
  for (std::uint32_t row = 0; row < dataset.size(); ++row)
    places[static_cast<std::size_t>(dataset.usage(row))]->push_back(row);
  return split;
}

Split cutFractions(const Dataset& dataset, const DataOptions& options) {
  const double train_share = options.fractions.at(0);
  const double both_share = train_share + options.fractions.at(1);
  const auto boundary = [](double share, std::size_t rows) {
    return std::min(rows, static_cast<std::size_t>(std::llround(share * static_cast<double>(rows))));
  };
  Split split;
  dealClasses(rowsOfClasses(dataset, [](Usage) { return true; }), options.split_seed, split, [&](std::size_t rows) {
    const std::size_t train = boundary(train_share, rows);
    const std::size_t both = boundary(both_share, rows);
    return Deal{train, both - train, rows - both};
  });
  return split;
}

/// Refuses a dataset that lacks a usage which the protocol is made of.
void requireUsages(const Dataset& dataset, const DataOptions& options) {
  const auto has = [&](Usage usage) {
    const std::vector<Usage>& usages = dataset.columns().usages;
    return std::find(usages.begin(), usages.end(), usage) != usages.end();
  };
  std::string missing;
  if (!has(Usage::kTraining)) missing = "Training";
  if (options.protocol == "original" && !has(Usage::kPublicTest) && !has(Usage::kPrivateTest))
    missing += std::string(missing.empty() ? "" : ", ") + "PublicTest or PrivateTest";
  if (options.protocol == "challenge")
    for (const Usage usage : {Usage::kPublicTest, Usage::kPrivateTest})
      if (!has(usage)) missing += std::string(missing.empty() ? "" : ", ") + usageName(usage);
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
                      (options.protocol == "fractions" ? " or other data.fractions." : "."));
}

}  // namespace

Split cut(const Dataset& dataset, const DataOptions& options) {
  if (options.protocol != "fractions") requireUsages(dataset, options);
  Split split = options.protocol == "original"    ? cutOriginal(dataset, options)
                : options.protocol == "challenge" ? cutChallenge(dataset)
                                                  : cutFractions(dataset, options);
  for (Rows* rows : {&split.train, &split.validation, &split.test, &split.unused})
    std::sort(rows->begin(), rows->end());
  requireNoEmptyPart(split, options);
  return split;
}

}  // namespace fer::data
