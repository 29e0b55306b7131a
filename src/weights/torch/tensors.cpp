#include "weights/torch/tensors.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "fer/weights/torch_file.hpp"
#include "weights/torch/objects.hpp"
#include "weights/torch/refusal.hpp"
#include "weights/torch/state_dict.hpp"
#include "weights/torch/strides.hpp"

namespace fer::weights {
namespace {

using pickle::Heap;
using pickle::Kind;
using pickle::TensorView;
using pickle::Value;

constexpr std::size_t kMostDimensions = 64;  ///< LibTorch's own limit
/// What a tensor costs in memory besides its numbers, roughly: many empty ones must not go uncounted.
constexpr std::uint64_t kTensorCost = 128;
constexpr std::uint64_t kDimensionCost = 16;

const pickle::Storage& storageOf(const Heap& heap, const TensorView& view) {
  return heap.storages[view.data.storage];
}

std::vector<std::int64_t> integersOf(const Heap& heap, std::size_t sequence) {
  std::vector<std::int64_t> integers;
  for (const Value item : heap.sequences[sequence]) {
    if (item.kind != Kind::kInt || item.number < 0) return {-1};
    integers.push_back(item.number);
  }
  return integers;
}

/// A name that JSON and Python can hold.
bool isUtf8(const std::string& text) {
  try {
    return !nlohmann::json(text).dump().empty();
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

/// The tensor's bytes, or nothing where the shape or a stride is impossible or leads beyond the storage.
std::optional<std::uint64_t> bytesOf(const Heap& heap, const TensorView& view) {
  const std::vector<std::int64_t> sizes = integersOf(heap, view.sizes), strides = integersOf(heap, view.strides);
  if (sizes.size() != strides.size() || view.offset < 0) return {};
  auto bytes = static_cast<std::int64_t>(elementSize(*storageOf(heap, view).type->dtype));
  std::int64_t last = view.offset;
  bool empty = false;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    std::int64_t step = 0;
    if (sizes[i] < 0 || strides[i] < 0) return {};
    empty = empty || sizes[i] == 0;
    // LibTorch multiplies the other sides even where one is 0.
    if (__builtin_mul_overflow(bytes, std::max<std::int64_t>(sizes[i], 1), &bytes)) return {};
    if (sizes[i] > 0 && __builtin_mul_overflow(sizes[i] - 1, strides[i], &step)) return {};
    if (__builtin_add_overflow(last, step, &last)) return {};
  }
  if (empty) return 0;
  if (last >= view.data.count) return {};
  return static_cast<std::uint64_t>(bytes);
}

/// What a state dict may cost in memory, which each of its tensors lessens.
class Allowance {
 public:
  explicit Allowance(std::uint64_t file_size) : left_(kTorchFileGrowth * file_size) {}

  void take(const std::string& name, std::uint64_t bytes) {
    if (bytes > left_)
      throw notAStateDict("its tensors, many of one storage, would take more than " + std::to_string(kTorchFileGrowth) +
                          " times the file's size in memory (at " + quotedFromFile(name) + "). Clone them");
    left_ -= bytes;
  }

 private:
  std::uint64_t left_;
};

TensorView tensorOf(const Heap& heap, const std::string& name, Value value) {
  const std::string quoted = quotedFromFile(name);
  if (value.kind != Kind::kTensor && value.kind != Kind::kParameter)
    throw notAStateDict("no state dict: its entry " + quoted + " is " + pickle::describe(value.kind) +
                        ", expected a tensor. Of a training checkpoint take the state dict inside");
  const TensorView& view = heap.tensors[value.index()];
  const pickle::Global& type = *storageOf(heap, view).type;
  if (!type.dtype)
    throw notAStateDict("its tensor " + quoted + " has the element type " + std::string(type.element_type) +
                        ", which is not read. Convert the model first: model.float()");
  if (heap.sequences[view.sizes].size() > kMostDimensions)
    throw damagedTorchFile("its tensor " + quoted + " has more than 64 dimensions");
  return view;
}

}  // namespace

TorchTensors::TorchTensors(const Heap& heap, Value root, std::uint64_t file_size)
    : heap_(heap), needed_(heap.storages.size(), false) {
  Allowance allowance(file_size);
  const StateDict found = findStateDict(heap, root);
  if (!found.entry.empty()) notes_.push_back("opened its entry \"" + found.entry + "\"");
  const std::vector<Value>& items = heap.sequence(found.dict);
  for (std::size_t i = 0; i < items.size(); i += 2) {
    if (items[i].kind != Kind::kText)
      throw notAStateDict(std::string("no state dict: one of its keys is ") + pickle::describe(items[i].kind));
    const std::string name(heap.text(items[i]));
    if (!isUtf8(name)) throw damagedTorchFile("its tensor " + quotedFromFile(name) + " has a name that is not UTF-8");
    TensorView view = tensorOf(heap, name, items[i + 1]);
    const std::optional<std::uint64_t> bytes = bytesOf(heap, view);
    if (!bytes) throw damagedTorchFile("its tensor " + quotedFromFile(name) + " does not fit into its storage");
    allowance.take(name, *bytes + kTensorCost + kDimensionCost * heap.sequences[view.sizes].size());
    view.offset += view.data.begin;
    needed_[view.data.storage] = true;
    if (!views_.try_emplace(name, view).second)
      throw damagedTorchFile("its tensor " + quotedFromFile(name) + " stands twice");
  }
}

NamedTensors TorchTensors::build(const std::vector<Bytes>& storages) const {
  NamedTensors content{{}, {}, notes_};
  std::vector<bool> given(storages.size(), false);
  for (const auto& [name, view] : views_) {
    const Bytes& storage = storages[view.data.storage];
    Tensor tensor{{*storageOf(heap_, view).type->dtype, integersOf(heap_, view.sizes)}, {}};
    const Strides strides = integersOf(heap_, view.strides);
    // The first tensor that is the whole storage keeps it; every other one is a copy.
    const bool whole = isRowMajor(tensor.type.shape, strides) && tensor.type.byteCount() == storage.size();
    tensor.bytes = whole && !given[view.data.storage] ? storage : gathered(tensor.type, strides, view.offset, storage);
    if (whole) given[view.data.storage] = true;
    content.tensors.emplace(name, std::move(tensor));
  }
  return content;
}

std::uint64_t storageSize(const pickle::Storage& storage, std::uint64_t room) {
  const std::optional<DType> dtype = storage.type->dtype;
  const std::string quoted = quotedFromFile(storage.key);
  if (!dtype)
    throw notAStateDict("its storage " + quoted + " has the element type " + std::string(storage.type->element_type) +
                        ", which is not read");
  std::uint64_t bytes = 0;
  if (__builtin_mul_overflow(static_cast<std::uint64_t>(storage.count), elementSize(*dtype), &bytes) || bytes > room)
    throw damagedTorchFile("its storage " + quoted + " of " + std::to_string(storage.count) +
                           " numbers is larger than its data, " + std::to_string(room) + " bytes");
  return bytes;
}

}  // namespace fer::weights
