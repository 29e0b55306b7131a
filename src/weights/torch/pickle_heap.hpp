#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace fer::weights::pickle {

enum class Kind : std::uint8_t {
  kUnset,  ///< a place of the memo that nothing was put to
  kNone,
  kBool,
  kInt,
  kFloat,  ///< its value does not matter
  kLong,   ///< an integer beyond 64 bits; a text of its little-endian bytes
  kText,
  kTuple,
  kList,
  kDict,  ///< keys and values by turns
  kGlobal,
  kStorage,
  kTensor,
  kParameter,  ///< a tensor, as torch.nn.Parameter
};

/// A Python object. What does not fit in `number` stands in the heap, and `number` says where.
struct Value {
  Kind kind = Kind::kUnset;
  std::int64_t number = 0;

  std::size_t index() const { return static_cast<std::size_t>(number); }
};

/// An allowed name; see torch_objects.hpp.
struct Global;

/// A block of numbers that stands in the file after the pickle.
struct Storage {
  std::string_view key;  ///< what the file calls it
  const Global* type;
  std::int64_t count;  ///< elements
};

/// Part of a storage, most often the whole.
struct StorageView {
  std::size_t storage;  ///< in Heap::storages
  std::int64_t begin;   ///< 0 <= begin, begin + count <= the storage's count
  std::int64_t count;
};

/// A tensor as the pickle describes it: nothing of it is checked.
struct TensorView {
  StorageView data;
  std::int64_t offset;
  std::size_t sizes;  ///< in Heap::sequences, likewise strides
  std::size_t strides;
};

/// All objects of one pickle. They point at each other by index only, so that cycles and deep nesting cost nothing, and
/// all end together. Texts point into the pickle's bytes, which must outlive the heap.
struct Heap {
  std::vector<std::string_view> texts;
  std::vector<std::vector<Value>> sequences;  ///< tuples, lists, dicts
  std::vector<Storage> storages;
  std::map<std::string_view, std::size_t> storage_index;  ///< by key
  std::vector<StorageView> storage_views;
  std::vector<TensorView> tensors;

  std::string_view text(Value value) const { return texts[value.index()]; }
  std::vector<Value>& sequence(Value value) { return sequences[value.index()]; }
  const std::vector<Value>& sequence(Value value) const { return sequences[value.index()]; }

  Value addText(Kind kind, std::string_view text) {
    texts.push_back(text);
    return {kind, static_cast<std::int64_t>(texts.size()) - 1};
  }
  Value addSequence(Kind kind, std::vector<Value> items) {
    sequences.push_back(std::move(items));
    return {kind, static_cast<std::int64_t>(sequences.size()) - 1};
  }
};

}  // namespace fer::weights::pickle
