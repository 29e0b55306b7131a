#include "weights/name_prefix.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace fer::weights {
namespace {

constexpr std::string_view kPrefixes[] = {"module.", "_orig_mod.", "model.", "net."};

bool standsBeforeAll(std::string_view prefix, const NamedTensors& content) {
  return !content.tensors.empty() && std::all_of(content.tensors.begin(), content.tensors.end(), [&](const auto& item) {
    return item.first.starts_with(prefix) && item.first.size() > prefix.size();
  });
}

void strip(std::string_view prefix, NamedTensors& content) {
  std::map<std::string, Tensor> stripped;
  for (auto& [name, tensor] : content.tensors) stripped.emplace(name.substr(prefix.size()), std::move(tensor));
  content.tensors = std::move(stripped);
  content.notes.push_back("took the prefix \"" + std::string(prefix) + "\" off every name");
}

}  // namespace

void stripNamePrefixes(NamedTensors& content) {
  for (bool changed = true; changed;) {
    changed = false;
    for (const std::string_view prefix : kPrefixes)
      if (standsBeforeAll(prefix, content)) {
        strip(prefix, content);
        changed = true;
      }
  }
}

}  // namespace fer::weights
