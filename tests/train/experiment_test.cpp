#include "fer/train/experiment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/data/labels.hpp"
#include "fer/graph/models/table.hpp"
#include "support/error_of.hpp"
#include "support/temp_folder.hpp"
#include "train/optim/unfreezing.hpp"

namespace fer::train {
namespace {

using test::errorOf;
using ::testing::HasSubstr;

/// FER2013_CSV for the time of a test.
class Environment {
 public:
  explicit Environment(const char* value) {
    if (const char* old = ::getenv("FER2013_CSV")) before_ = old;
    if (value != nullptr)
      ::setenv("FER2013_CSV", value, 1);
    else
      ::unsetenv("FER2013_CSV");
  }
  ~Environment() {
    if (before_)
      ::setenv("FER2013_CSV", before_->c_str(), 1);
    else
      ::unsetenv("FER2013_CSV");
  }

 private:
  std::optional<std::string> before_;
};

// Keras' counts of the original's models, but for ResNet-50: its convolutions have no biases here.
TEST(Configs, FreezeWhatTheOriginalFroze) {
  const Environment none(nullptr);
  struct Case {
    const char* config;
    int epochs;
    std::int64_t total;
    std::int64_t trainable;
  };
  for (const Case& item : {Case{"generic", 50, 4'478'727, 4'474'759}, Case{"vgg_block", 50, 4'824'007, 4'821'575},
                           Case{"inception_block", 60, 151'121'991, 151'121'479},
                           Case{"vgg16", 60, 15'115'591, 7'477'767}, Case{"resnet50", 50, 27'892'167, 5'382'151}}) {
    const Experiment e = loadExperiment(configsFolder() / (std::string(item.config) + ".json"), {}, {}).experiment;
    EXPECT_EQ(e.train.epochs, item.epochs) << item.config;
    const auto network = nn::makeModel({e.model.name, {1, 48, 48}, data::fer2013Classes(), e.model.input});
    Unfreezing(e.model, e.train, *network).apply(*network, 0);
    const nn::ParameterCount count = nn::countParameters(*network);
    EXPECT_EQ(count.total, item.total) << item.config;
    EXPECT_EQ(count.trainable, item.trainable) << item.config;
  }
}

TEST(Configs, TheImprovedOnesNameLayersThatAreThere) {
  const Environment none(nullptr);
  for (const char* name : {"vgg16_improved", "resnet50_improved"}) {
    const Experiment e = loadExperiment(configsFolder() / (std::string(name) + ".json"), {}, {}).experiment;
    const auto network = nn::makeModel({e.model.name, {1, 48, 48}, data::fer2013Classes(), e.model.input});
    const Unfreezing unfreezing(e.model, e.train, *network);
    unfreezing.apply(*network, 0);
    const std::int64_t head = nn::countParameters(*network).trainable;
    unfreezing.apply(*network, 4);
    EXPECT_GT(nn::countParameters(*network).trainable, head) << name;
    EXPECT_FALSE(
        network->named_parameters()[e.model.name == "vgg16" ? "features.0.weight" : "conv1.weight"].requires_grad());
  }
}

// The original project's settings, to the letter, as its notebook had them.
TEST(Configs, AllOfThemAndEveryRecipeCanBeLoaded) {
  int count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(configsFolder())) {
    if (entry.path().extension() != ".json") continue;
    EXPECT_NO_THROW(loadExperiment(entry.path(), {}, {})) << entry.path();
    ++count;
  }
  EXPECT_GT(count, 15);
  const Experiment modern = loadExperiment(configsFolder() / "compact_residual_modern.json", {}, {}).experiment;
  EXPECT_EQ(modern.model.name, "compact_residual");
  EXPECT_EQ(modern.train.optimiser.name, "sgd");
  EXPECT_EQ(modern.augment.zoom, 0);
}

TEST(Configs, AreTheOriginals) {
  const Environment none(nullptr);
  for (const char* name : {"generic", "vgg_block", "inception_block", "vgg16", "resnet50"}) {
    const Experiment e = loadExperiment(configsFolder() / (std::string(name) + ".json"), {}, {}).experiment;
    EXPECT_EQ(e.model.name, name);
    EXPECT_EQ(e.data.protocol, "original");
    EXPECT_EQ(e.augment.profile, "keras-2.8");
    EXPECT_EQ(e.augment.zoom, 0.2);
    EXPECT_TRUE(e.augment.horizontal_flip);
    EXPECT_EQ(e.augment.brightness, (std::vector<double>{0.2, 1.2}));
    EXPECT_EQ(e.preprocess.rescale, 1.0 / 255);
    EXPECT_EQ(e.train.batch_size, 64);
    EXPECT_TRUE(e.train.drop_last);
    EXPECT_EQ(e.train.optimiser.lr, 1e-3);
    EXPECT_EQ(e.train.optimiser.beta1, 0.9);
    EXPECT_EQ(e.train.optimiser.beta2, 0.999);
    EXPECT_EQ(e.train.optimiser.epsilon, 1e-7);
    EXPECT_TRUE(e.train.early_stopping.enabled);
    EXPECT_EQ(e.train.early_stopping.monitor, "val_loss");
    EXPECT_EQ(e.train.early_stopping.min_delta, 0);
    EXPECT_EQ(e.train.early_stopping.patience, 10);
    EXPECT_TRUE(e.train.early_stopping.restore_best);
    EXPECT_TRUE(e.train.reduce_lr.enabled);
    EXPECT_EQ(e.train.early_stopping.mode, "min");
    EXPECT_EQ(e.train.reduce_lr.monitor, "val_loss");
    EXPECT_EQ(e.train.reduce_lr.mode, "min");
    EXPECT_EQ(e.train.reduce_lr.factor, 0.2);
    EXPECT_EQ(e.train.reduce_lr.patience, 10);
    EXPECT_EQ(e.train.reduce_lr.min_delta, 1e-4);
    EXPECT_EQ(e.train.checkpoint.monitor, "val_accuracy");
    EXPECT_EQ(e.train.checkpoint.mode, "max");
  }
}

TEST(Experiment, LaterLayersWinAndTheDatasSourceIsKnown) {
  const test::TempFolder folder;
  writeFile(folder / "base.json", R"({"train": {"epochs": 3, "seed": 5}})");
  writeFile(folder / "plain.json", R"({"base": "base.json", "train": {"epochs": 4}})");
  writeFile(folder / "data.json", R"({"base": "plain.json", "data": {"path": "file.csv"}})");
  {
    const Environment none(nullptr);
    const LoadedExperiment loaded = loadExperiment(folder / "plain.json", {}, {"train.seed=6", "train.batch_size=32"});
    EXPECT_EQ(loaded.experiment.train.epochs, 4);
    EXPECT_EQ(loaded.experiment.train.seed, 6U);
    EXPECT_EQ(loaded.experiment.train.batch_size, 32);
    EXPECT_EQ(loaded.experiment.data.path, "data/fer2013.csv");
    EXPECT_EQ(loaded.data_source, "the default");
  }
  const Environment set("from/environment.csv");
  EXPECT_EQ(loadExperiment(folder / "plain.json", {}, {}).experiment.data.path, "from/environment.csv");
  EXPECT_EQ(loadExperiment(folder / "plain.json", {}, {}).data_source, "FER2013_CSV");
  EXPECT_EQ(loadExperiment(folder / "data.json", {}, {}).experiment.data.path, "file.csv");
  EXPECT_EQ(loadExperiment(folder / "data.json", {}, {}).data_source, "the config");
  EXPECT_EQ(loadExperiment(folder / "data.json", {}, {"data.path=set.csv"}).experiment.data.path, "set.csv");
  const LoadedExperiment named = loadExperiment(folder / "data.json", "flag.csv", {"data.path=set.csv"});
  EXPECT_EQ(named.experiment.data.path, "flag.csv");
  EXPECT_EQ(named.data_source, "--data");
}

// A run's config holds what was meant, not "auto".
TEST(Experiment, TheModeFollowsTheMonitorUnlessItIsNamed) {
  const Environment none(nullptr);
  for (const char* group : {"train.early_stopping", "train.reduce_lr", "train.checkpoint"}) {
    const auto modeWith = [&](const std::vector<std::string>& sets) {
      std::vector<std::string> assignments;
      assignments.reserve(sets.size());
      for (const std::string& set : sets) assignments.push_back(group + std::string(".") + set);
      Experiment e = loadExperiment(configsFolder() / "generic.json", {}, assignments).experiment;
      return valueText(*keysOf(e).find(group + std::string(".mode")));
    };
    EXPECT_EQ(modeWith({"monitor=val_loss"}), "\"min\"") << group;
    EXPECT_EQ(modeWith({"monitor=loss"}), "\"min\"") << group;
    EXPECT_EQ(modeWith({"monitor=val_accuracy"}), "\"max\"") << group;
    EXPECT_EQ(modeWith({"monitor=accuracy"}), "\"max\"") << group;
    EXPECT_EQ(modeWith({"monitor=accuracy", "mode=max"}), "\"max\"") << group;
    EXPECT_THAT(errorOf(Fault::kUsage,
                        [&] {
                          modeWith({"monitor=val_loss", "mode=max"});
                        }),
                HasSubstr(group + std::string(".mode: max contradicts ") + group +
                          ".monitor, which is val_loss: that is better the lower it is. Leave the mode out, or make it "
                          "min."));
    EXPECT_THAT(errorOf(Fault::kUsage,
                        [&] {
                          modeWith({"mode=min", "monitor=val_accuracy"});
                        }),
                HasSubstr("better the higher"));
  }
}

// Its training went on like that, and would go on like that.
TEST(Experiment, ARunsConfigMayContradictItself) {
  const test::TempFolder folder;
  Experiment experiment;
  experiment.train.checkpoint.monitor = "val_loss";
  experiment.train.checkpoint.mode = "max";
  writeFile(folder / "config.json", experimentText(experiment));
  EXPECT_EQ(readExperiment(folder / "config.json").train.checkpoint.mode, "max");
}

TEST(Experiment, ComesBackFromARunsConfig) {
  const test::TempFolder folder;
  Experiment experiment;
  experiment.model.name = "generic";
  experiment.train.optimiser.lr = 0.1 + 0.2;
  experiment.data.classes = {"x", "y"};
  experiment.data.shape = {3, 32, 40};
  experiment.train.early_stopping.mode = experiment.train.reduce_lr.mode = "min";
  experiment.train.checkpoint.mode = "max";
  writeFile(folder / "config.json", experimentText(experiment));
  const Experiment again = readExperiment(folder / "config.json");
  EXPECT_EQ(experimentText(again), experimentText(experiment));
  EXPECT_EQ(again.train.optimiser.lr, 0.1 + 0.2);
}

// A config as schema 1 wrote it: every later program must read it.
TEST(Experiment, ReadsTheConfigOfSchema1) {
  const Experiment experiment = readExperiment(FER_FIXTURES "/run_config_schema1.json");
  EXPECT_EQ(experiment.model.name, "generic");
  EXPECT_EQ(experiment.train.epochs, 7);
  EXPECT_EQ(experiment.machine.threads, 2);
}

TEST(Experiment, RefusesADamagedOrNewerConfig) {
  const test::TempFolder folder;
  const auto reading = [&](const std::string& text) {
    writeFile(folder / "config.json", text);
    return errorOf(Fault::kData, [&] { readExperiment(folder / "config.json"); });
  };
  EXPECT_THAT(reading("{"), HasSubstr("not valid JSON"));
  EXPECT_THAT(reading("[]"), HasSubstr("no schema number"));
  EXPECT_THAT(reading(R"({"schema": 99})"), HasSubstr("newer fer"));
  EXPECT_THAT(reading(R"({"schema": 18446744073709551615})"), HasSubstr("newer fer"));
  EXPECT_THAT(reading(R"({"schema": 1, "train": {"epoch": 5}})"),
              HasSubstr("train.epoch: unknown key; did you mean epochs?"));
}

TEST(Experiment, BlamesWhoGaveWhatDoesNotGoTogether) {
  const Environment none(nullptr);
  const test::TempFolder folder;
  writeFile(folder / "right.json", R"({"train": {"epochs": 3}})");
  writeFile(folder / "wrong.json", R"({"augment": {"brightness": [2, 1]}})");
  const auto error = [&](const char* file, const std::vector<std::string>& sets) {
    return errorOf(Fault::kUsage, [&] { loadExperiment(folder / file, {}, sets); });
  };
  EXPECT_THAT(error("right.json", {"augment.brightness=[1.2,0.2]"}), testing::StartsWith("--set: augment.brightness"));
  EXPECT_THAT(error("wrong.json", {"train.epochs=3"}), HasSubstr("wrong.json: augment.brightness"));
  EXPECT_THAT(error("wrong.json", {}), HasSubstr("wrong.json: augment.brightness"));
  EXPECT_NO_THROW(loadExperiment(folder / "wrong.json", {}, {"augment.brightness=[1,2]"})) << "mended by --set";
}

TEST(Experiment, RefusesImpossibleCombinations) {
  const Environment none(nullptr);
  const auto with = [](const std::vector<std::string>& sets) {
    return errorOf(Fault::kUsage, [&] { loadExperiment({}, {}, sets); });
  };
  EXPECT_THAT(with({"data.protocol=fractions", "data.fractions=[0.5,0.2,0.2]"}), HasSubstr("sum to 1"));
  EXPECT_THAT(with({"data.channels=2"}), HasSubstr("expected 1 or 3"));
  for (const char* off : {"train.early_stopping.enabled=false", "train.reduce_lr.enabled=false"})
    EXPECT_THAT(with({"data.protocol=refit", off}), HasSubstr("data.protocol: refit trains on the validation rows"));
  EXPECT_THAT(with({"machine.loader_threads=257"}), HasSubstr("machine.loader_threads: expected a whole number"));
  EXPECT_THAT(with({"data.classes=[\"a\",\"a\"]"}), HasSubstr("all different"));
  EXPECT_THAT(with({"augment.brightness=[1.2,0.2]"}), HasSubstr("low end above the high end"));
}

}  // namespace
}  // namespace fer::train
