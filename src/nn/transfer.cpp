#include "fer/nn/transfer.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "fer/core/error.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/core/text/joined.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/nn/finite.hpp"
#include "fer/nn/freezing.hpp"
#include "fer/weights/any_file.hpp"
#include "nn/tensor_fit.hpp"

namespace fer::nn {
namespace {

using State = std::vector<std::pair<std::string, at::Tensor>>;

/// A list that stays readable where a whole network is wrong.
std::string firstOf(const std::vector<std::string>& faults) {
  constexpr std::size_t kShown = 20;
  const std::string text = joined(std::span(faults).first(std::min(faults.size(), kShown)));
  return faults.size() > kShown ? text + " and " + std::to_string(faults.size() - kShown) + " more" : text;
}

void copyAll(const State& state, const std::vector<std::string>& names, const TensorFile& file) {
  const torch::NoGradGuard no_grad;
  const std::set<std::string> wanted(names.begin(), names.end());
  for (const auto& [name, tensor] : state)
    if (wanted.contains(name)) at::Tensor(tensor).copy_(file.tensors.at(name));
}

bool ofForeignHead(const std::string& name, const graph::ModelEntry& entry) {
  return std::any_of(entry.foreign_heads.begin(), entry.foreign_heads.end(),
                     [&](const char* head) { return belongsTo(name, head); });
}

std::filesystem::path checkpointOf(const std::filesystem::path& run_or_file) {
  if (!std::filesystem::is_directory(run_or_file)) return run_or_file;
  return RunDirectory::open(run_or_file).checkpoint("best");
}

/// Makes the file's last layer that of the network's classes: its rows in their order, or gone where they are others.
void matchClasses(TensorFile& file, const std::vector<std::string>& of_file, const std::vector<std::string>& wanted,
                  const Network& network, std::vector<std::string>& notes) {
  if (of_file == wanted) return;
  const std::string& layer = network.graph().layer(network.graph().output()).name;
  std::vector<std::int64_t> rows;  // of the file, in the order wanted
  for (const std::string& name : wanted)
    if (const auto found = std::find(of_file.begin(), of_file.end(), name); found != of_file.end())
      rows.push_back(found - of_file.begin());
  const bool same = rows.size() == wanted.size() && of_file.size() == wanted.size();
  notes.push_back(same ? "the same classes in another order: those of " + layer + " are matched by name"
                       : "other classes (" + joined(of_file) + " there, " + joined(wanted) + " here): " + layer +
                             " is drawn anew");
  for (const std::string& name : {layer + ".weight", layer + ".bias"}) {
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end()) continue;
    const bool a_row_each =
        found->second.dim() > 0 && found->second.size(0) == static_cast<std::int64_t>(of_file.size());
    if (same && a_row_each)
      found->second = found->second.index_select(0, at::tensor(rows, at::kLong));
    else
      file.tensors.erase(found);
  }
}

}  // namespace

Transfer loadPretrained(const std::filesystem::path& path, const graph::ModelEntry& entry, Network& network) {
  if (entry.foreign_heads.empty())
    throw usageError(std::string("model.weights: there are no pretrained weights for ") + entry.name +
                     ". To start from a run of fer's use --init RUN.");
  const TensorFile file = fromBytes(weights::readAnyFile(path));
  const State state = namedState(network);
  Transfer transfer;
  transfer.notes = file.notes;
  std::vector<std::string> faults;
  for (const auto& [name, tensor] : state) {
    if (belongsTo(name, "head")) {
      transfer.initialised.push_back(name);
      continue;
    }
    transfer.copied.push_back(name);
    if (std::string fault = misfit(file, name, tensor); !fault.empty()) faults.push_back(std::move(fault));
  }
  const std::set<std::string> taken(transfer.copied.begin(), transfer.copied.end());
  for (const auto& [name, tensor] : file.tensors) {
    if (taken.contains(name)) continue;
    if (ofForeignHead(name, entry) || name.ends_with(".num_batches_tracked"))
      transfer.skipped.push_back(name);
    else
      faults.push_back("extra " + name);
  }
  if (!faults.empty())
    throw dataError(path.string() + ": these are not torchvision's weights of " + entry.name + ": " + firstOf(faults));
  requireFinite(file, transfer.copied, path.string());
  copyAll(state, transfer.copied, file);
  return transfer;
}

Transfer startFrom(const std::filesystem::path& run_or_file, Network& network,
                   const std::vector<std::string>& classes) {
  const std::filesystem::path path = checkpointOf(run_or_file);
  TensorFile file = fromBytes(weights::readAnyFile(path));
  const State state = namedState(network);
  Transfer transfer;
  transfer.notes = file.notes;
  if (hasCard(file))
    matchClasses(file, readDescription(file, path.string()).spec.classes, classes, network, transfer.notes);
  else
    transfer.notes.emplace_back("it has no model description of fer: tensors are told by name and shape alone");
  for (const auto& [name, tensor] : state)
    (misfit(file, name, tensor).empty() ? transfer.copied : transfer.initialised).push_back(name);
  const std::set<std::string> taken(transfer.copied.begin(), transfer.copied.end());
  for (const auto& [name, tensor] : file.tensors)
    if (!taken.contains(name) && !isTrainingState(name)) transfer.skipped.push_back(name);
  if (transfer.copied.empty())
    throw dataError(path.string() + ": none of its tensors fits this network. Is it of the same model?");
  requireFinite(file, transfer.copied, path.string());
  copyAll(state, transfer.copied, file);
  return transfer;
}

}  // namespace fer::nn
