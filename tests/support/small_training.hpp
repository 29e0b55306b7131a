#pragma once

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "fer/core/files/files.hpp"
#include "fer/core/random.hpp"
#include "fer/train/starting_weights.hpp"
#include "fer/train/trainer.hpp"

namespace fer::test {

/// Sixteen-pixel images whose brightness tells their class, with noise: learnable, and not at once. Every fifth
/// validates.
inline data::TrainingData brightnessData(std::size_t rows) {
  data::DatasetColumns columns;
  RandomStream stream(1, Purpose::kSynth);
  data::TrainingData data;
  for (std::uint32_t row = 0; row < rows; ++row) {
    const auto label = static_cast<std::uint8_t>(row % 3);
    columns.labels.push_back(label);
    columns.parts.push_back(data::kNoPart);
    columns.row_ids.push_back(row);
    for (int i = 0; i < 256; ++i) columns.pixels.push_back(static_cast<std::uint8_t>(60U * label + stream.below(120)));
    (row % 5 == 4 ? data.validation : data.train).push_back(row);
  }
  data.dataset = data::Dataset({1, 16, 16}, {"dark", "grey", "light"}, std::move(columns));
  data.data_hash = "hash";
  return data;
}

/// As fer-train starts.
inline std::shared_ptr<nn::Network> startingNetwork(const train::Experiment& experiment,
                                                    const data::TrainingData& data) {
  auto network = train::prepareNetwork(experiment, data);
  train::setStartingWeights(experiment, data, *network);
  return network;
}

inline train::Experiment smallExperiment(int epochs) {
  train::Experiment experiment;
  experiment.model.name = "generic";
  experiment.augment.zoom = 0.2;
  experiment.augment.horizontal_flip = true;
  experiment.augment.brightness = {0.8, 1.2};
  experiment.train.epochs = epochs;
  experiment.train.batch_size = 8;
  return experiment;
}

/// One run in a folder of its own.
struct Session {
  const train::Experiment& experiment;
  const data::TrainingData& data;
  RunDirectory run;
  bool resident = false;
  nn::Precision precision = nn::Precision::kFp32;
  c10::Device device = c10::kCPU;
  std::ostringstream out{};

  std::unique_ptr<Log> log = std::make_unique<Log>(out, run.log());
  std::unique_ptr<train::Trainer> trainer =
      std::make_unique<train::Trainer>(experiment, data, startingNetwork(experiment, data),
                                       train::TrainerContext{run, {device, precision}, 1, false, resident}, *log);

  /// Trains `steps` steps, or to the end.
  train::Trainer::Ending train(int steps = std::numeric_limits<int>::max()) {
    return trainer->run([&] { return --steps <= 0; });
  }
};

inline void expectSameTensors(const RunDirectory& a, const RunDirectory& b, const std::string& which) {
  const nn::TensorFile first = nn::readTensors(a.checkpoint(which));
  const nn::TensorFile second = nn::readTensors(b.checkpoint(which));
  ASSERT_EQ(first.tensors.size(), second.tensors.size());
  for (const auto& [name, tensor] : first.tensors)
    EXPECT_TRUE(at::equal(tensor, second.tensors.at(name))) << which << " " << name;
}

/// The run that `straight` made at once, made again in sessions of so many steps each: the same to the bit.
inline void expectSameInPieces(const Session& straight, const RunDirectory& pieces, const std::vector<int>& steps) {
  bool begun = false;
  for (const int some : steps) {
    Session session{straight.experiment, straight.data, pieces, straight.resident, straight.precision, straight.device};
    if (begun) session.trainer->resume(false);
    begun = true;
    session.train(some);
  }
  for (const char* which : {"best", "last", "final"}) expectSameTensors(straight.run, pieces, which);
  EXPECT_EQ(readFile(straight.run.metrics(), Fault::kOther), readFile(pieces.metrics(), Fault::kOther));
}

}  // namespace fer::test
