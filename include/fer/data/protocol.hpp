#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "fer/data/dataset.hpp"
#include "fer/data/options.hpp"

namespace fer::data {

/// Rows of a dataset by what they are for; each list ascending, no row in two lists, but that those that validate train
/// as well by protocol refit.
struct Split {
  std::vector<std::uint32_t> train;
  std::vector<std::uint32_t> validation;
  std::vector<std::uint32_t> test;
  std::vector<std::uint32_t> unused;  ///< in none of the three, as the protocol's rounding leaves them
};

/// A way to cut a dataset.
struct Protocol {
  const char* name;         ///< as data.protocol names it
  const char* description;  ///< a line for --help
  Split (*cut)(const Dataset& dataset, const DataOptions& options);
  bool drawn;     ///< by options.split_seed
  bool held_out;  ///< the rows that validate do not train: something may be chosen by them or fitted on them
};

/// All there are:
///   original    each class of Training (train) shuffled by (split_seed, class); the first int(0.8 n) train, the next
///               int(0.2 n) validate; test = PublicTest + PrivateTest (test). Where a dataset has a part validation,
///               that validates, and all of train trains
///   challenge   Training (train) trains, PublicTest (validation) validates, PrivateTest (test) tests
///   refit       as challenge, but that the rows that validate train as well
///   fractions   each class shuffled, cut at round(n * cumulated fraction), whatever part a row is of
///   kfold       fold number `fold` of foldsOf() validates, the others train; PrivateTest (test) tests, PublicTest
///               (validation) is in none
std::span<const Protocol> protocols();

/// The one of that name. Throws std::invalid_argument where there is none.
const Protocol& protocolNamed(const std::string& name);

/// Cuts a dataset by options.protocol. Throws Error (bad data) where one of train, validation and test comes out empty
/// or the protocol needs parts that the dataset does not have.
Split cut(const Dataset& dataset, const DataOptions& options);

/// The folds of protocol kfold: the rows of Training (train), each in one fold, ascending. Stratified: the rows of a
/// class are shuffled by (split_seed, class) and dealt out in turn, on from the fold that the class before ended with,
/// so that folds differ by at most one row in each class and in all (the sizes of scikit-learn's
/// StratifiedKFold(shuffle=True)). Rows of equal pixels stay in one fold, whatever their labels (as with
/// StratifiedGroupKFold): the largest such groups are dealt first, each to the fold with the fewest rows of its first
/// row's class; the single rows then even out what that leaves. count >= 2, else std::invalid_argument.
std::vector<std::vector<std::uint32_t>> foldsOf(const Dataset& dataset, int count, std::uint32_t split_seed);

/// How many images of one part stand, pixel for pixel, in another.
struct Overlap {
  std::size_t test_in_train = 0;        ///< test rows whose pixels also stand in a training row
  std::size_t validation_in_train = 0;  ///< validation rows likewise
};

Overlap overlap(const Dataset& dataset, const Split& split);

/// For each of `rows`: whether the same pixels stand in one of `others`.
std::vector<bool> standIn(const Dataset& dataset, const std::vector<std::uint32_t>& rows,
                          const std::vector<std::uint32_t>& others);

}  // namespace fer::data
