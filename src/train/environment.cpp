#include "fer/train/environment.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/text/json.hpp"
#include "fer/core/version.hpp"

namespace fer::train {
namespace {

using nlohmann::ordered_json;

constexpr int kEnvironmentSchema = 2;  ///< 2: segments, where a run was not made in one go
constexpr const char* kOfASegment[] = {"fer",    "git_commit", "compiler", "libtorch",
                                       "device", "processor",  "threads",  "precision"};

/// What the top of a file says of the program and the machine, as a segment.
ordered_json segmentOf(const ordered_json& top, SegmentStart start) {
  ordered_json segment = {{"epoch", start.epoch}, {"step", start.step}};
  for (const char* name : kOfASegment)
    if (top.contains(name)) segment[name] = top.at(name);  // schema 1 began without the precision
  return segment;
}

ordered_json segmentsOf(const std::string& text, const std::string& origin) {
  const nlohmann::json value = parseJson(text, origin, Fault::kData);
  const JsonNode node(value, origin, "The file is damaged: move it away, and what it says is forgotten.");
  node.schema(kEnvironmentSchema);
  if (!node.has("segments")) return ordered_json::array({segmentOf(ordered_json(value), {})});
  node.at("segments").list();
  return ordered_json(value.at("segments"));
}

}  // namespace

std::string environmentText(const Experiment& experiment, const data::TrainingData& data,
                            const nn::ComputeConditions& conditions, SegmentStart start,
                            const std::optional<std::string>& earlier, const std::string& origin) {
  ordered_json value = {{"schema", kEnvironmentSchema},
                        {"fer", version()},
                        {"git_commit", gitCommit()},
                        {"compiler", __VERSION__},
                        {"libtorch", conditions.libtorch},
                        {"device", conditions.device},
                        {"processor", conditions.processor},
                        {"threads", conditions.threads},
                        {"precision", conditions.precision},
                        {"kernels", conditions.kernels},
                        {"processes", conditions.processes},
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
  ordered_json segments = earlier ? segmentsOf(*earlier, origin) : ordered_json::array();
  segments.push_back(segmentOf(value, start));
  const bool in_one_go = segments.size() == 1 && start.epoch == 0 && start.step == 0;
  if (!in_one_go) value["segments"] = std::move(segments);
  return value.dump(2) + "\n";
}

}  // namespace fer::train
