#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fer/data/dataset.hpp"
#include "fer/data/load.hpp"
#include "fer/data/options.hpp"
#include "fer/data/protocol.hpp"

namespace fer::data {

/// The data a training sees: train and validation rows only, the test rows are gone from memory.
struct TrainingData {
  Dataset dataset;                               ///< train and validation rows in file order
  std::vector<std::uint32_t> train;              ///< rows of `dataset`
  std::vector<std::uint32_t> validation;         ///< rows of `dataset`
  std::size_t test_rows = 0;                     ///< how many were left out for the test
  std::size_t unused_rows = 0;                   ///< in no part, by the protocol's rounding
  std::vector<std::string> untrained_classes;    ///< names of classes without a training row
  std::vector<std::string> unvalidated_classes;  ///< likewise without a validation row
  Overlap overlap;                               ///< counted before the test rows were dropped
  std::string data_hash;                         ///< of the whole dataset, test rows included
  std::vector<std::uint8_t> equalised{};         ///< of `train`, as equalised() makes it; needed by augment.clahe alone
  std::vector<Votes> votes{};                    ///< of each row, where FER+ is joined to hard targets
  DataOptions options{};                         ///< as LoadedData's, where it was loaded
  std::vector<std::string> notes{};              ///< likewise
};

/// Cuts a dataset by options.protocol and drops its test and unused rows: their pixels are overwritten in memory.
/// Throws Error (bad data) as cut() does.
TrainingData keepTrainingRows(Dataset&& dataset, const DataOptions& options);

/// loadDataset, then keepTrainingRows.
TrainingData loadForTraining(const DataOptions& options, const Reading& reading = {});

}  // namespace fer::data
