#include "app/evaluate/pieces.hpp"
#include "fer/nn/device.hpp"
#include "fer/predict/speed.hpp"
#include "fer/train/flop_counter.hpp"

namespace fer::app {

metrics::Cost measureCost(predict::Predictor& predictor, const Candidate& candidate, const EvalData& data,
                          c10::Device device, int threads) {
  const std::span<const std::uint8_t> images = data.dataset.columns().pixels;
  metrics::Cost cost;
  {
    const train::FlopCounter counter;
    predictor.probabilities(data.dataset.pixels(0));
    constexpr double kGiga = 1e9;
    cost.gflop = counter.flop() / kGiga;
  }
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
