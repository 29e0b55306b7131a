#include "engine/xnnpack/buffers.hpp"

#include <algorithm>
#include <limits>

namespace fer::engine::xnnpack {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

/// For each value the last step that reads or writes it.
std::vector<std::size_t> lastSteps(const Network& network) {
  std::vector<std::size_t> last(network.values.size(), 0);
  for (std::size_t step = 0; step < network.steps.size(); ++step) {
    for (const ValueId input : network.steps[step].inputs) last[input] = step;
    last[network.steps[step].output] = step;
  }
  last[network.output] = kNone;
  return last;
}

/// Of the free buffers the smallest that is large enough, else the largest; a new one where none is free.
std::size_t take(std::vector<std::size_t>& free, std::vector<std::size_t>& sizes, std::size_t size) {
  const auto better = [&](std::size_t a, std::size_t b) {
    const bool a_fits = sizes[a] >= size;
    const bool b_fits = sizes[b] >= size;
    if (a_fits != b_fits) return a_fits;
    return a_fits ? sizes[a] < sizes[b] : sizes[a] > sizes[b];
  };
  const auto best = std::min_element(free.begin(), free.end(), better);
  if (best == free.end()) {
    sizes.push_back(size);
    return sizes.size() - 1;
  }
  const std::size_t taken = *best;
  free.erase(best);
  sizes[taken] = std::max(sizes[taken], size);
  return taken;
}

}  // namespace

Buffers buffersOf(const Network& network) {
  const std::vector<std::size_t> last = lastSteps(network);
  Buffers buffers{std::vector(network.values.size(), kNone), {}};
  std::vector<std::size_t> free;
  const auto begin = [&](ValueId value) {
    if (buffers.of[value] == kNone) buffers.of[value] = take(free, buffers.sizes, network.values[value].size());
  };
  begin(0);
  for (std::size_t step = 0; step < network.steps.size(); ++step) {
    begin(network.steps[step].output);
    std::vector<ValueId> used = network.steps[step].inputs;
    used.push_back(network.steps[step].output);
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    for (const ValueId value : used)
      if (last[value] == step) free.push_back(buffers.of[value]);
  }
  return buffers;
}

}  // namespace fer::engine::xnnpack
