#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "fer/weights/tensor.hpp"
#include "weights/torch/pickle_heap.hpp"

namespace fer::weights::pickle {

/// What a name that a pickle may ask for means here. None of it is code of Python's.
struct Global {
  enum class Role { kOrderedDict, kRebuildTensor, kRebuildTensorV2, kRebuildParameter, kParameter, kStorage };

  std::string_view module;
  std::string_view name;
  Role role;
  std::string_view element_type = {};  ///< of a storage, PyTorch's name
  std::optional<DType> dtype = {};     ///< of a storage that is read; the others are only named
};

/// All functions throw TorchRefusal where the pickle asks for what a state dict needs not.

/// The global of that name, if it stands on the list of the allowed ones.
Value findGlobal(std::string_view module, std::string_view name);

/// What a call of `global` gives. Takes the items that it copies from `copies_left`.
Value callGlobal(Heap& heap, Value global, Value arguments, std::size_t& copies_left);

/// Python's object.__setstate__: checks that the state changes nothing here.
void setState(const Heap& heap, Value object, Value state);

/// The storage that a persistent id stands for: ("storage", type, key, device, count), and in the older format the
/// part.
Value findStorage(Heap& heap, Value id);

/// PyTorch's name of the storage of such numbers: "FloatStorage".
std::string_view storageName(DType dtype);

/// For messages: "a list".
const char* describe(Kind kind);

}  // namespace fer::weights::pickle
