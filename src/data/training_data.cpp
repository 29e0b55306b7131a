#include "fer/data/training_data.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace fer::data {
namespace {

using Rows = std::vector<std::uint32_t>;

std::vector<std::string> classesWithout(const Dataset& dataset, const Rows& rows) {
  const std::vector<std::size_t> counts = classCounts(dataset, rows);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] == 0) names.push_back(dataset.classes()[i]);
  return names;
}

/// Where each of `rows` stands in the ascending list `kept`.
Rows placesIn(const Rows& kept, const Rows& rows) {
  Rows places;
  places.reserve(rows.size());
  for (const std::uint32_t row : rows)
    places.push_back(static_cast<std::uint32_t>(std::lower_bound(kept.begin(), kept.end(), row) - kept.begin()));
  return places;
}

}  // namespace

TrainingData keepTrainingRows(Dataset&& dataset, const DataOptions& options) {
  const Split split = cut(dataset, options);
  TrainingData result;
  result.test_rows = split.test.size();
  result.unused_rows = split.unused.size();
  result.untrained_classes = classesWithout(dataset, split.train);
  result.unvalidated_classes = classesWithout(dataset, split.validation);
  result.overlap = overlap(dataset, split);
  result.data_hash = dataHash(dataset);
  Rows kept;
  kept.reserve(split.train.size() + split.validation.size());
  // Of protocol refit validation rows train, too.
  std::set_union(split.train.begin(), split.train.end(), split.validation.begin(), split.validation.end(),
                 std::back_inserter(kept));
  result.train = placesIn(kept, split.train);
  result.validation = placesIn(kept, split.validation);
  result.dataset = std::move(dataset).compacted(kept);
  return result;
}

TrainingData loadForTraining(const DataOptions& options, const Reading& reading) {
  LoadedData loaded = loadDataset(options, reading);
  std::unordered_map<std::uint32_t, Votes> votes;
  for (std::uint32_t row = 0; row < loaded.votes.size(); ++row)
    votes.emplace(loaded.dataset.rowId(row), loaded.votes[row]);
  TrainingData data = keepTrainingRows(std::move(loaded.dataset), loaded.options);
  if (!votes.empty()) {
    data.votes.reserve(data.dataset.size());
    for (const std::uint32_t id : data.dataset.columns().row_ids) data.votes.push_back(votes.at(id));
  }
  data.options = std::move(loaded.options);
  data.notes = std::move(loaded.notes);
  return data;
}

}  // namespace fer::data
