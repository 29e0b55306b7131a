#include <unistd.h>

#include <iostream>
#include <numeric>
#include <utility>

#include "app/evaluate/pieces.hpp"
#include "app/pictures.hpp"
#include "fer/core/error.hpp"
#include "fer/data/ferplus/votes.hpp"
#include "fer/data/load.hpp"
#include "fer/data/relabel.hpp"
#include "fer/eval/evaluate.hpp"

namespace fer::app {
namespace {

/// What --data names need not say what its rows are for, and may have other classes.
data::LoadedData load(const EvalRequest& request, data::DataOptions options, int threads) {
  const data::Reading how = reading(static_cast<unsigned>(threads));
  if (!request.ferplus.empty()) {
    options.ferplus = request.ferplus;
    if (request.data) data::readFerPlus(request.ferplus);  // for its errors, which another dataset's reader makes notes
  } else if (data::unneededVotesAreGone(options)) {
    std::cout << "data.ferplus: " << options.ferplus
              << " is not there any more: no scores against FER+'s labels (--ferplus FILE names it anew)\n";
    options.ferplus.clear();
  }
  if (!request.data) return data::loadDataset(options, how);
  if (!request.classes.empty()) options.classes = request.classes;
  data::validate(options, "--classes");
  return data::loadOtherDataset(options, how);
}

std::string otherName(const EvalData& data) {
  constexpr std::size_t kHashShown = 8;
  const std::filesystem::path path = std::filesystem::path(data.options.path + "/").parent_path();  // "faces/", too
  const std::string stem = path.stem().string();
  return (stem.empty() || stem.front() == '.' ? "data" : stem) + "-" + data.hash.substr(0, kHashShown);
}

/// Refuses what is fitted on validation rows; `why` says what is wrong with those.
void refuseFits(const EvalRequest& request, const Candidate& candidate, const std::string& why) {
  const std::pair<const char*, bool> fits[] = {{"--calibrate", request.calibrate},
                                               {"--ceiling", request.ceiling},
                                               {"--ensemble-weights validation", !candidate.fitted}};
  for (const auto& [option, asked] : fits)
    if (asked) throw usageError(std::string(option) + " fits on validation rows: " + why + ". Leave it out.");
}

void refuseWhatNeedsTheOwn(const EvalRequest& request, const Candidate& candidate, const std::string& path) {
  if (request.split_given)
    throw usageError(path +
                     ": another dataset than the one trained on, of which all rows are scored: leave out --split, "
                     "which is for the run's own.");
  refuseFits(request, candidate, "only the dataset that was trained on has such, and " + path + " is another");
}

/// Makes `data` one of which all rows are scored, its classes those of the networks.
void takeAllRows(EvalData& data, const EvalRequest& request, const Candidate& candidate) {
  const TrainedNetwork& first = candidate.networks.front();
  refuseWhatNeedsTheOwn(request, candidate, data.options.path);
  data::Relabelled found = data::relabelled(data.dataset, first.description.spec.classes);
  if (found.dataset.size() == 0)
    throw dataError(data.options.path + ": none of its rows is of a class that the network knows by name.");
  data.dataset = std::move(found.dataset);
  data.other_labels = {};  // of rows that are counted otherwise now
  data.votes.clear();
  data.all.resize(data.dataset.size());
  std::iota(data.all.begin(), data.all.end(), 0U);
  data.other = otherName(data);
  data.options.protocol = metrics::kNoProtocol;
  std::cout << "data: " << data.options.path << " is another dataset than the run's (hash " << data.hash
            << "): " << (found.left_out == 0 ? "all " : "") << data.all.size() << " rows are scored";
  if (found.left_out > 0)
    std::cout << ", " << found.left_out << " of classes that the network does not know are left out";
  std::cout << "\n";
}

}  // namespace

const std::vector<std::uint32_t>& EvalData::rows(const std::string& split_name) const {
  if (split_name == kAllRows) return all;
  if (split_name == "train") return split.train;
  return split_name == "validation" ? split.validation : split.test;
}

EvalData loadEvalData(const EvalRequest& request, const Candidate& candidate, int threads) {
  const TrainedNetwork& first = candidate.networks.front();
  EvalData data;
  data.options = first.data;
  if (request.data) data.options.path = *request.data;
  data::LoadedData loaded = load(request, data.options, threads);
  data.dataset = std::move(loaded.dataset);
  data.other_labels = std::move(loaded.other_labels);
  data.votes = std::move(loaded.votes);
  for (const std::string& note : loaded.notes)
    if (note.starts_with("warning")) std::cout << note << "\n";
  data.hash = data::dataHash(data.dataset);
  if (data.hash == first.description.data_hash) {
    const std::string& protocol = data.options.protocol;
    if (!data::protocolNamed(protocol).held_out)
      refuseFits(request, candidate, "by data.protocol=" + protocol + " the network was trained on them");
    data.split = data::cut(data.dataset, data.options);
  } else if (request.data) {
    takeAllRows(data, request, candidate);
  } else {
    throw dataError(data.options.path + ": not the dataset of this run any more: its data hash is " + data.hash +
                    ", the run's is " + first.description.data_hash + ". Name the right file with --data.");
  }
  return data;
}

Progress progressBar(const std::string& label, std::size_t images) {
  return {std::cout, ::isatty(STDOUT_FILENO) != 0, label, images};
}

metrics::Evaluation evaluateRows(predict::Predictor& predictor, const EvalData& data, const std::string& split_name) {
  const std::vector<std::uint32_t>& rows = data.rows(split_name);
  Progress bar = progressBar(split_name, rows.size());
  metrics::Evaluation evaluation =
      eval::evaluate(predictor, data.dataset, rows, data::standIn(data.dataset, rows, data.split.train),
                     [&bar](std::size_t done, std::size_t) { bar.update(done, ""); });
  bar.finish();
  return evaluation;
}

}  // namespace fer::app
