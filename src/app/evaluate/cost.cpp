#include "fer/graph/cost.hpp"

#include <algorithm>

#include "app/evaluate/pieces.hpp"
#include "fer/nn/device.hpp"
#include "fer/predict/speed.hpp"
#include "fer/predict/views.hpp"

namespace fer::app {
namespace {

/// What the networks' layers say, for each view of an image; 0 where one's are not known.
double flopOf(const std::vector<TrainedNetwork>& networks, const std::string& tta) {
  double flop = 0;
  for (const TrainedNetwork& network : networks) {
    const graph::ModelSpec& spec = network.description.spec;
    if (!isOurs(spec)) return 0;
    const std::size_t views = tta == "none" ? 1 : predict::viewsOf(tta, spec.input).size();
    flop += graph::costOf(graph::makeGraph(spec)).flop * static_cast<double>(views);
  }
  return flop;
}

}  // namespace

bool isOurs(const graph::ModelSpec& spec) {
  const std::vector<std::string> names = graph::modelNames();
  return std::find(names.begin(), names.end(), spec.name) != names.end();
}

metrics::Cost measureCost(predict::Predictor& predictor, const Candidate& candidate, const EvalData& data,
                          c10::Device device, int threads, const std::string& tta) {
  constexpr double kGiga = 1e9;
  const std::span<const std::uint8_t> images = data.dataset.columns().pixels;
  metrics::Cost cost;
  cost.gflop = flopOf(candidate.networks, tta) / kGiga;
  for (const TrainedNetwork& network : candidate.networks)
    cost.file_bytes += static_cast<std::int64_t>(std::filesystem::file_size(network.file));
  const predict::Speed speed = predict::measureSpeed(predictor, images);
  cost.ms_a_face = speed.ms_a_face;
  cost.images_per_s = speed.images_per_s;
  cost.processor = nn::processorOf(device);
  cost.threads = threads;
  return cost;
}

}  // namespace fer::app
