#include "weights/torch/objects.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "weights/torch/refusal.hpp"

namespace fer::weights::pickle {
namespace {

using Role = Global::Role;
using Items = std::vector<Value>;

constexpr Global kGlobals[] = {
    {"collections", "OrderedDict", Role::kOrderedDict},
    {"torch._utils", "_rebuild_tensor", Role::kRebuildTensor},  // PyTorch before 0.4, as torchvision's oldest files
    {"torch._utils", "_rebuild_tensor_v2", Role::kRebuildTensorV2},
    {"torch._utils", "_rebuild_parameter", Role::kRebuildParameter},
    {"torch.nn.parameter", "Parameter", Role::kParameter},  // PyTorch before 0.4
    {"torch", "FloatStorage", Role::kStorage, "float32", DType::kFloat32},
    {"torch", "LongStorage", Role::kStorage, "int64", DType::kInt64},
    {"torch", "DoubleStorage", Role::kStorage, "float64", DType::kFloat64},
    {"torch", "HalfStorage", Role::kStorage, "float16", DType::kFloat16},
    {"torch", "BFloat16Storage", Role::kStorage, "bfloat16", DType::kBfloat16},
    {"torch", "IntStorage", Role::kStorage, "int32", DType::kInt32},
    {"torch", "ShortStorage", Role::kStorage, "int16", DType::kInt16},
    {"torch", "CharStorage", Role::kStorage, "int8", DType::kInt8},
    {"torch", "ByteStorage", Role::kStorage, "uint8", DType::kUint8},
    {"torch", "BoolStorage", Role::kStorage, "bool", DType::kBool},
    {"torch", "ComplexFloatStorage", Role::kStorage, "complex64"},
    {"torch", "ComplexDoubleStorage", Role::kStorage, "complex128"},
    {"torch", "QInt8Storage", Role::kStorage, "qint8"},
    {"torch", "QUInt8Storage", Role::kStorage, "quint8"},
    {"torch", "QInt32Storage", Role::kStorage, "qint32"},
    {"torch", "QUInt4x2Storage", Role::kStorage, "quint4x2"},
    {"torch", "QUInt2x4Storage", Role::kStorage, "quint2x4"},
};

std::string fullName(const Global& global) {
  return std::string(global.module) + "." + std::string(global.name);
}

TorchRefusal wrongArguments(const Global& global) {
  return damagedTorchFile("its pickle calls " + fullName(global) + " with other arguments than PyTorch does");
}

bool isTensor(Value value) {
  return value.kind == Kind::kTensor || value.kind == Kind::kParameter;
}

/// Backward hooks: PyTorch writes an empty OrderedDict, or None.
bool isHooks(Value value) {
  return value.kind == Kind::kDict || value.kind == Kind::kNone;
}

Value orderedDict(Heap& heap, const Global& global, const Items& arguments, std::size_t& copies_left) {
  if (arguments.empty()) return heap.addSequence(Kind::kDict, {});
  // Python 2 writes the items as a list of pairs.
  if (arguments.size() != 1 || arguments[0].kind != Kind::kList) throw wrongArguments(global);
  const Items& pairs = heap.sequence(arguments[0]);
  if (pairs.size() > copies_left) throw wrongArguments(global);
  copies_left -= pairs.size();
  Items entries;
  entries.reserve(2 * pairs.size());
  for (const Value pair : pairs) {
    if ((pair.kind != Kind::kList && pair.kind != Kind::kTuple) || heap.sequence(pair).size() != 2)
      throw wrongArguments(global);
    entries.insert(entries.end(), heap.sequence(pair).begin(), heap.sequence(pair).end());
  }
  return heap.addSequence(Kind::kDict, std::move(entries));
}

/// From (storage, offset, sizes, strides, ...).
Value tensor(Heap& heap, const Global& global, const Items& arguments) {
  if (arguments[0].kind != Kind::kStorage || arguments[1].kind != Kind::kInt || arguments[2].kind != Kind::kTuple ||
      arguments[3].kind != Kind::kTuple)
    throw wrongArguments(global);
  heap.tensors.push_back(
      {heap.storage_views[arguments[0].index()], arguments[1].number, arguments[2].index(), arguments[3].index()});
  return {Kind::kTensor, static_cast<std::int64_t>(heap.tensors.size()) - 1};
}

/// (..., requires_grad, hooks) and perhaps metadata: the lazy bits "conjugate" and "negative", which would change
/// values.
Value tensorV2(Heap& heap, const Global& global, const Items& arguments) {
  if (arguments.size() < 6 || arguments.size() > 7 || arguments[4].kind != Kind::kBool || !isHooks(arguments[5]))
    throw wrongArguments(global);
  const bool plain = arguments.size() == 6 || arguments[6].kind == Kind::kNone ||
                     (arguments[6].kind == Kind::kDict && heap.sequence(arguments[6]).empty());
  if (!plain) throw notAStateDict("a tensor has a lazy conjugate or negative bit. Call its resolve_neg() first");
  return tensor(heap, global, arguments);
}

std::string pathOf(std::string_view module, std::string_view name) {
  const std::string quoted = quotedFromFile(std::string(module) + "." + std::string(name));
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

Value findGlobal(std::string_view module, std::string_view name) {
  const auto found = std::find_if(std::begin(kGlobals), std::end(kGlobals),
                                  [&](const Global& global) { return global.module == module && global.name == name; });
  if (found != std::end(kGlobals)) return {Kind::kGlobal, found - std::begin(kGlobals)};
  if (module.starts_with("torch.nn.modules."))
    throw notAStateDict("it holds a whole pickled model (" + pathOf(module, name) + "), which only Python can load");
  throw notAStateDict("the pickle asks for the global " + pathOf(module, name) +
                      ", which no state dict needs (a whole pickled model or a training checkpoint may)");
}

Value callGlobal(Heap& heap, Value callee, Value arguments_tuple, std::size_t& copies_left) {
  const Global& global = kGlobals[callee.index()];
  const Items& arguments = heap.sequence(arguments_tuple);
  switch (global.role) {
    case Role::kOrderedDict:
      return orderedDict(heap, global, arguments, copies_left);
    case Role::kRebuildTensor:
      if (arguments.size() == 4) return tensor(heap, global, arguments);
      break;
    case Role::kRebuildTensorV2:
      return tensorV2(heap, global, arguments);
    case Role::kRebuildParameter:
      if (arguments.size() == 3 && isTensor(arguments[0]) && arguments[1].kind == Kind::kBool && isHooks(arguments[2]))
        return arguments[0];
      break;
    case Role::kParameter:
      if (arguments.size() == 1 && isTensor(arguments[0])) return {Kind::kParameter, arguments[0].number};
      break;
    case Role::kStorage:
      break;  // no constructor: storages come by persistent ids
  }
  throw wrongArguments(global);
}

void setState(const Heap& heap, Value object, Value state) {
  // An OrderedDict's attributes: a state dict has _metadata, the modules' version numbers.
  if (object.kind == Kind::kDict && state.kind == Kind::kDict) return;
  // A Parameter's (requires_grad, volatile, hooks).
  if (object.kind == Kind::kParameter && state.kind == Kind::kTuple) {
    const Items& items = heap.sequence(state);
    if (items.size() == 3 && items[0].kind == Kind::kBool && items[1].kind == Kind::kBool && isHooks(items[2])) return;
  }
  throw notAStateDict(std::string("the pickle sets the state (BUILD) of ") + describe(object.kind) +
                      ", which no state dict needs");
}

namespace {

/// The storage of that key, which each mention must describe alike. Keys are few: one for each storage.
std::size_t storageOf(Heap& heap, const Storage& storage) {
  const auto [place, added] = heap.storage_index.try_emplace(storage.key, heap.storages.size());
  if (added) heap.storages.push_back(storage);
  const Storage& known = heap.storages[place->second];
  if (known.type != storage.type || known.count != storage.count)
    throw damagedTorchFile("its pickle describes the storage " + quotedFromFile(storage.key) + " in two ways");
  return place->second;
}

/// The part (key, begin, count) of a storage, as PyTorch before 0.4 wrote it.
StorageView partOf(const Heap& heap, StorageView whole, Value part) {
  const TorchRefusal refusal = damagedTorchFile("its pickle has an impossible part of a storage");
  if (part.kind != Kind::kTuple) throw refusal;
  const Items& items = heap.sequence(part);
  if (items.size() != 3 || items[1].kind != Kind::kInt || items[2].kind != Kind::kInt) throw refusal;
  const std::int64_t begin = items[1].number, count = items[2].number;
  if (begin < 0 || count < 0 || begin > whole.count || count > whole.count - begin) throw refusal;
  return {whole.storage, begin, count};
}

}  // namespace

Value findStorage(Heap& heap, Value id) {
  const Items& items = heap.sequence(id);
  const bool well_formed = (items.size() == 5 || items.size() == 6) && items[0].kind == Kind::kText &&
                           items[1].kind == Kind::kGlobal && items[2].kind == Kind::kText &&
                           items[3].kind == Kind::kText && items[4].kind == Kind::kInt;
  if (!well_formed || heap.text(items[0]) != "storage" || kGlobals[items[1].index()].role != Role::kStorage)
    throw damagedTorchFile("its pickle refers to something other than a storage");
  const std::string_view key = heap.text(items[2]);
  const std::int64_t count = items[4].number;
  if (count < 0) throw damagedTorchFile("its storage " + quotedFromFile(key) + " has a negative size");
  StorageView view{storageOf(heap, {key, &kGlobals[items[1].index()], count}), 0, count};
  if (items.size() == 6 && items[5].kind != Kind::kNone) view = partOf(heap, view, items[5]);
  heap.storage_views.push_back(view);
  return {Kind::kStorage, static_cast<std::int64_t>(heap.storage_views.size()) - 1};
}

std::string_view storageName(DType dtype) {
  return std::find_if(std::begin(kGlobals), std::end(kGlobals),
                      [&](const Global& global) { return global.dtype == dtype; })
      ->name;
}

const char* describe(Kind kind) {
  switch (kind) {
    case Kind::kUnset:
      return "nothing";
    case Kind::kNone:
      return "None";
    case Kind::kBool:
      return "a bool";
    case Kind::kInt:
    case Kind::kLong:
      return "an integer";
    case Kind::kFloat:
      return "a float";
    case Kind::kText:
      return "a text";
    case Kind::kTuple:
      return "a tuple";
    case Kind::kList:
      return "a list";
    case Kind::kDict:
      return "a dict";
    case Kind::kGlobal:
      return "a class or function";
    case Kind::kStorage:
      return "a storage";
    case Kind::kTensor:
    case Kind::kParameter:
      return "a tensor";
  }
  return "something";
}

}  // namespace fer::weights::pickle
