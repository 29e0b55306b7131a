#include "fer/train/environment.hpp"

#include <nlohmann/json.hpp>

#include "fer/core/version.hpp"

namespace fer::train {

std::string environmentText(const Experiment& experiment, const data::TrainingData& data,
                            const nn::ComputeConditions& conditions) {
  const nlohmann::ordered_json value = {{"schema", 1},
                                        {"fer", version()},
                                        {"git_commit", gitCommit()},
                                        {"compiler", __VERSION__},
                                        {"libtorch", conditions.libtorch},
                                        {"device", conditions.device},
                                        {"processor", conditions.processor},
                                        {"threads", conditions.threads},
                                        {"precision", conditions.precision},
                                        {"seed", experiment.train.seed},
                                        {"data",
                                         {{"path", experiment.data.path},
                                          {"hash", data.data_hash},
                                          {"protocol", experiment.data.protocol},
                                          {"train", data.train.size()},
                                          {"validation", data.validation.size()},
                                          {"test", data.test_rows},
                                          {"unused", data.unused_rows},
                                          {"test_also_in_train", data.overlap.test_in_train},
                                          {"validation_also_in_train", data.overlap.validation_in_train}}}};
  return value.dump(2) + "\n";
}

}  // namespace fer::train
