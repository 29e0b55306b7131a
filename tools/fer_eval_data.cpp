#include <unistd.h>

#include <iostream>

#include "fer/core/error.hpp"
#include "fer/data/training_data.hpp"
#include "fer/eval/evaluate.hpp"
#include "fer_eval.hpp"

namespace fer::tools {

const std::vector<std::uint32_t>& EvalData::rows(const std::string& split_name) const {
  if (split_name == "train") return split.train;
  return split_name == "validation" ? split.validation : split.test;
}

EvalData loadEvalData(const EvalRequest& request, const Candidate& candidate, int threads) {
  const TrainedNetwork& first = candidate.networks.front();
  EvalData data;
  data.options = first.data;
  if (request.data) data.options.path = *request.data;
  data.dataset = data::loadDataset(data.options, static_cast<unsigned>(threads));
  if (const std::string hash = data::dataHash(data.dataset); hash != first.card.data_hash)
    throw dataError(data.options.path + ": not the dataset of this run: its data hash is " + hash + ", the run's is " +
                    first.card.data_hash + ". Name the right file with --data.");
  data.split = data::cut(data.dataset, data.options);
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

}  // namespace fer::tools
