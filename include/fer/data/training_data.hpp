#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fer/data/dataset.hpp"
#include "fer/data/options.hpp"
#include "fer/data/protocol.hpp"

namespace fer::data {

/// The data a training sees: train and validation rows only, the test rows are gone from memory.
struct TrainingData {
  Dataset dataset;                             ///< train and validation rows in file order
  std::vector<std::uint32_t> train;            ///< rows of `dataset`
  std::vector<std::uint32_t> validation;       ///< rows of `dataset`
  std::size_t test_rows = 0;                   ///< how many were left out for the test
  std::size_t unused_rows = 0;                 ///< in no part, by the protocol's rounding
  std::vector<std::string> untrained_classes;  ///< names of classes without a training row
  Overlap overlap;                             ///< counted before the test rows were dropped
  std::string data_hash;                       ///< of the whole dataset, test rows included
};

/// The dataset that options name, whole. Where the file is missing, the Error (bad data) says where to get FER-2013 and
/// how to make synthetic faces.
Dataset loadDataset(const DataOptions& options, unsigned threads = 0);

/// Cuts a dataset by options.protocol and drops its test and unused rows: their pixels are overwritten in memory.
/// Throws Error (bad data) as cut() does.
TrainingData keepTrainingRows(Dataset&& dataset, const DataOptions& options);

/// loadDataset, then keepTrainingRows.
TrainingData loadForTraining(const DataOptions& options, unsigned threads = 0);

}  // namespace fer::data
