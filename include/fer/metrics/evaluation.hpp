#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fer::metrics {

/// What a model costs, measured on one machine. Plain values.
struct Cost {
  double gflop = 0;             ///< of an image's forward passes, test-time augmentation's copies and members included;
                                ///< 0: not known
  std::int64_t file_bytes = 0;  ///< of the weights as they are stored
  double ms_a_face = 0;         ///< median of single images, one after the other
  double images_per_s = 0;      ///< in batches of 128
  std::string processor;        ///< that it was measured on
  int threads = 1;
};

/// One network of an ensemble.
struct Member {
  std::string run;    ///< its name
  double weight = 0;  ///< share in the mean of the probabilities; all add up to 1
};

/// What temperature scaling did. Fitted on the validation split alone.
struct Calibration {
  double temperature = 1;
  std::int64_t validation_rows = 0;  ///< that it was fitted on
  double nll = 0;                    ///< of this evaluation's rows with the temperature; without: ProbabilityScores
  double brier = 0;
  double ece = 0;
};

/// How often the dataset's labels can be told by ten people's votes, and by these and the model together: softmax
/// regressions fitted on the validation rows. What both leave is noise of the labels, as far as these two can tell.
struct Ceiling {
  double votes = 0;  ///< accuracy on this evaluation's rows from FER+'s votes alone
  double both = 0;   ///< from the votes and the model's log probabilities
  std::int64_t validation_rows = 0;
};

/// The protocol of another dataset than the run's: nothing is cut, all its rows are scored (split "all"), and which of
/// them also stand in the run's training rows is not known.
constexpr const char* kNoProtocol = "none";

/// Which weights met which data: what an evaluation must name to be believed. Plain values.
struct Origin {
  std::string run;       ///< name of the run
  std::string model;     ///< name of the model
  std::string split;     ///< "train", "validation", "test"; "all" of another dataset than the run's
  std::string protocol;  ///< how the data was cut: "original", "challenge", "refit", "fractions", "kfold"; kNoProtocol
  std::string checkpoint;       ///< "best", "last" or "final"; "weights" in files
  int epoch = 0;                ///< 0-based epoch that the weights are of
  std::string data_path;        ///< where the dataset was read from
  std::string data_hash;        ///< SHA-256 of the dataset
  std::int64_t parameters = 0;  ///< of the model, buffers included
  double seconds = 0;           ///< spent on the forward passes
  std::vector<std::string> classes;
  std::string tta = "none";      ///< test-time augmentation: "none", "flip", "tencrop"
  std::vector<Member> members;   ///< of an ensemble; empty for a single network
  std::string ensemble_weights;  ///< "" for a single network, "equal", or "validation": how members were weighted
  int test_reads = 0;      ///< how often the run's test split was evaluated, this time included; 0 on other splits
  std::string engine;      ///< that ran an exported model, "opencv"; "" of a run, which LibTorch computes
  std::string model_file;  ///< the exported model's; "" of a run
  std::string label_set;   ///< whose labels, where they are a second set: "FER+", "FER-2013"; "" for the run's own
  std::optional<Cost> cost;
  std::optional<Calibration> calibration;
  std::optional<Ceiling> ceiling;
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
