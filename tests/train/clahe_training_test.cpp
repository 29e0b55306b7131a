#include <gtest/gtest.h>

#include <algorithm>

#include "fer/nn/device.hpp"
#include "support/inverted.hpp"
#include "support/small_training.hpp"
#include "support/temp_folder.hpp"

namespace fer::train {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the sessions of a small training

/// The same with the equalised images in place of those they were made of.
data::TrainingData replacedImages(const data::TrainingData& data) {
  data::DatasetColumns columns = data.dataset.columns();
  const std::size_t size = data.dataset.shape().size();
  for (const std::uint32_t row : data.train)
    std::copy_n(data.equalised.data() + row * size, size, columns.pixels.data() + row * size);
  data::TrainingData replaced = data;
  replaced.dataset = data::Dataset(data.dataset.shape(), data.dataset.classes(), std::move(columns));
  replaced.equalised.clear();
  return replaced;
}

// Validation has none: where it had, its scores in metrics.csv would be others.
TEST(ClaheTraining, OfAllImagesIsATrainingOnEqualisedOnes) {
  nn::setComputeThreads(1);
  const TempFolder folder;
  data::TrainingData data = brightnessData(50);
  data.equalised = invertedImages(data.dataset, data.train);
  const data::TrainingData replaced = replacedImages(data);
  const Experiment plain = smallExperiment(2);
  Experiment with = plain;
  with.augment.clahe.probability = 1;
  for (const bool resident : {false, true}) {
    const std::string name = resident ? "resident" : "host";
    Session drawn{with, data, RunDirectory::create(folder / name), resident};
    Session made{plain, replaced, RunDirectory::create(folder / (name + "-made")), resident};
    drawn.train();
    made.train();
    expectSameTensors(drawn.run, made.run, "final");
    EXPECT_EQ(readFile(drawn.run.metrics(), Fault::kOther), readFile(made.run.metrics(), Fault::kOther));
  }
}

}  // namespace
}  // namespace fer::train
