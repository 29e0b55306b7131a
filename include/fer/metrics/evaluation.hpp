#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fer::metrics {

/// Which weights met which data: what an evaluation must name to be believed. Plain values.
struct Origin {
  std::string run;              ///< name of the run
  std::string model;            ///< name of the model
  std::string split;            ///< "train", "validation" or "test"
  std::string protocol;         ///< how the data was cut: "original", "challenge", "fractions"
  std::string weights;          ///< "best", "last" or "final"
  int epoch = 0;                ///< 0-based epoch that the weights are of
  std::string data_path;        ///< where the dataset was read from
  std::string data_hash;        ///< SHA-256 of the dataset
  std::int64_t parameters = 0;  ///< of the model, buffers included
  double seconds = 0;           ///< spent on the forward passes
  std::vector<std::string> classes;
};

/// What a model said of the rows of one split: the one result model that every report is written from. Plain values.
struct Evaluation : Origin {
  std::vector<std::uint32_t> rows;   ///< 0-based row numbers in the dataset's file
  std::vector<std::string> usages;   ///< a row each: "Training", "PublicTest", "PrivateTest" or ""
  std::vector<int> labels;           ///< a row each: index into classes
  std::vector<float> probabilities;  ///< rows x classes, each row's sum 1
  std::vector<bool> in_training;     ///< a row each: the same pixels stand in the run's training rows
};

}  // namespace fer::metrics
