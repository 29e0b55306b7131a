#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fer {

/// What a number may be, both ends included; a list's bounds hold for each of its numbers.
struct Bounds {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool open_low = false;   ///< the low end itself is refused
  bool open_high = false;  ///< the high end itself is refused
};

/// What the words of a text option may be; empty: anything.
using Choices = std::vector<std::string>;

/// One configurable value: where it lies in the option structs, and what a user is told about it.
struct Key {
  /// An optional number is null in JSON where it is unset.
  using Target = std::variant<bool*, int*, std::uint32_t*, double*, std::optional<double>*, std::string*,
                              std::vector<double>*, std::vector<std::string>*>;
  std::string path;     ///< "train.optimiser.lr"
  Target target;        ///< not owned; the struct outlives the table
  std::string meaning;  ///< one line, with the unit
  Bounds bounds;
  Choices choices;
  std::size_t length = 0;  ///< of a list of numbers; 0: any
};

/// The keys of a set of option structs: made once by each struct's describe(), then used by config files, command
/// lines,
/// --help and the saved config alike. Holds pointers into the structs. One thread at a time.
class KeyTable {
 public:
  void add(std::string path, Key::Target target, std::string meaning, Bounds bounds = {});
  void addChoice(std::string path, std::string& value, std::string meaning, Choices choices);
  void addList(std::string path, std::vector<double>& values, std::string meaning, std::size_t length, Bounds bounds);

  const std::vector<Key>& keys() const { return keys_; }
  const Key* find(std::string_view path) const;

  /// A sentence for a path that is no key: the nearest valid one and its siblings.
  std::string suggestion(std::string_view path) const;

 private:
  std::vector<Key> keys_;
};

/// The value as JSON text: `0.001`, `"original"`, `[0.2,1.2]`.
std::string valueText(const Key& key);

}  // namespace fer
