#include <ATen/ATen.h>

#include <charconv>
#include <string_view>

#include "fer/core/error.hpp"
#include "fer/train/parallel/process_group.hpp"

namespace fer::train {
namespace {

using Variable = std::function<const char*(const char*)>;

/// The variable `name` as a whole number from `least` to `most`; `fallback` where it is unset.
int numberOf(const Variable& variable, const std::string& name, int least, int most, int fallback) {
  const char* text = variable(name.c_str());
  if (text == nullptr || *text == '\0') return fallback;
  int number = 0;
  const char* const end = text + std::string_view(text).size();
  const auto [rest, fault] = std::from_chars(text, end, number);
  if (fault != std::errc() || rest != end || number < least || number > most)
    throw usageError(name + ": expected a whole number from " + std::to_string(least) + " to " + std::to_string(most) +
                     ", found \"" + text + "\"");
  return number;
}

std::string textOf(const Variable& variable, const char* name) {
  const char* text = variable(name);
  return text == nullptr ? "" : text;
}

constexpr int kMostProcesses = 1 << 16;

}  // namespace

Launch launchFrom(const Variable& variable) {
  const bool slurm = textOf(variable, "WORLD_SIZE").empty() && !textOf(variable, "MASTER_ADDR").empty() &&
                     !textOf(variable, "SLURM_NTASKS").empty();
  const auto number = [&](const char* name, const char* in_slurm, int least, int most, int fallback) {
    return numberOf(variable, slurm ? in_slurm : name, least, most, fallback);
  };
  Launch launch;
  launch.size = number("WORLD_SIZE", "SLURM_NTASKS", 1, kMostProcesses, 1);
  if (launch.size == 1) return launch;
  constexpr int kMissing = -1;
  launch.rank = number("RANK", "SLURM_PROCID", 0, launch.size - 1, kMissing);
  launch.address = textOf(variable, "MASTER_ADDR");
  launch.port = numberOf(variable, "MASTER_PORT", 1, 65534, kMissing);
  if (launch.rank == kMissing || launch.address.empty() || launch.port == kMissing)
    throw usageError("WORLD_SIZE is " + std::to_string(launch.size) +
                     ", but RANK, MASTER_ADDR or MASTER_PORT is not set. Start all processes with torchrun, or set "
                     "them (docs/cluster.md); unset WORLD_SIZE to train in one process.");
  launch.local_rank = number("LOCAL_RANK", "SLURM_LOCALID", 0, launch.size - 1, 0);
  launch.local_size = number("LOCAL_WORLD_SIZE", "SLURM_NTASKS_PER_NODE", 1, launch.size, 1);
  launch.agent_waits = textOf(variable, "TORCHELASTIC_USE_AGENT_STORE") == "True";
  return launch;
}

Sums ProcessGroup::sum(const Sums& mine) {
  at::Tensor numbers =
      at::tensor({mine.loss, static_cast<double>(mine.correct), static_cast<double>(mine.images)}, at::kDouble);
  sum(numbers);
  const double* total = numbers.data_ptr<double>();
  return {total[0], static_cast<std::int64_t>(total[1]), static_cast<std::int64_t>(total[2])};
}

bool ProcessGroup::all(bool mine) {
  at::Tensor refusals = at::full({1}, mine ? 0.0 : 1.0, at::kDouble);
  sum(refusals);
  return refusals.item<double>() == 0;
}

}  // namespace fer::train
