#include "weights/torch/state_dict.hpp"

#include <optional>
#include <string_view>

#include "weights/torch/objects.hpp"
#include "weights/torch/refusal.hpp"

namespace fer::weights {
namespace {

using pickle::Heap;
using pickle::Kind;
using pickle::Value;

/// What training scripts call the weights: PyTorch's ImageNet example, Lightning and timm; PyTorch's tutorials;
/// torchvision's references; others.
constexpr std::string_view kEntries[] = {"state_dict", "model_state_dict", "model", "net", "network", "weights"};

bool holdsTensorsOnly(const Heap& heap, Value dict) {
  const std::vector<Value>& items = heap.sequence(dict);
  for (std::size_t i = 1; i < items.size(); i += 2)
    if (items[i].kind != Kind::kTensor && items[i].kind != Kind::kParameter) return false;
  return true;
}

std::optional<Value> dictAt(const Heap& heap, Value dict, std::string_view name) {
  const std::vector<Value>& items = heap.sequence(dict);
  for (std::size_t i = 0; i + 1 < items.size(); i += 2)
    if (items[i].kind == Kind::kText && heap.text(items[i]) == name && items[i + 1].kind == Kind::kDict)
      return items[i + 1];
  return {};
}

/// The dict inside, under the first of the names that there is; moves `found` there.
bool enter(const Heap& heap, StateDict& found) {
  for (const std::string_view name : kEntries) {
    const std::optional<Value> inside = dictAt(heap, found.dict, name);
    if (!inside) continue;
    found.dict = *inside;
    found.entry += (found.entry.empty() ? "" : "/") + std::string(name);
    return true;
  }
  return false;
}

}  // namespace

StateDict findStateDict(const Heap& heap, Value root) {
  if (root.kind != Kind::kDict) throw notAStateDict(std::string("no state dict but ") + pickle::describe(root.kind));
  constexpr int kDeepest = 3;  // a dict may hold itself
  StateDict found{root, ""};
  for (int depth = 0; depth < kDeepest && !holdsTensorsOnly(heap, found.dict); ++depth)
    if (!enter(heap, found)) break;
  return found;
}

}  // namespace fer::weights
