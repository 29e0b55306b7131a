// What evaluation costs beside the network itself: eval::evaluate over drawn faces, and the forward passes of the same
// batches alone, on tensors that lie ready. In turns.

#include <ATen/ATen.h>
#include <torch/utils.h>
#include <torch/version.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "faces.hpp"
#include "fer/eval/evaluate.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/memory/cpu_memory.hpp"
#include "fer/nn/torch_predictor.hpp"
#include "fer/train/batch/batches.hpp"
#include "program.hpp"

namespace {

using namespace fer;  // a main of its own, no header

std::vector<at::Tensor> readyBatches(const data::Dataset& faces, std::span<const std::uint32_t> rows) {
  std::vector<at::Tensor> batches;
  for (std::size_t i = 0; i < train::batchCount(rows.size(), predict::kBatch, false); ++i)
    batches.push_back(nn::fastLayout(train::plainBatch(faces, {}, train::batchRows(rows, i, predict::kBatch)).images));
  return batches;
}

void measure(const cxxopts::ParseResult& arguments) {
  const auto model = arguments["model"].as<std::string>();
  const int images = bench::numberOf(arguments, "images", 1);
  const int threads = nn::setComputeThreads(bench::numberOf(arguments, "threads", 0));
  const data::Dataset faces = bench::faces(static_cast<std::size_t>(images));
  const std::vector<std::uint32_t> rows = bench::allRows(faces);
  const auto network = bench::freshNetwork(model, faces);
  network->eval();
  const std::vector<at::Tensor> batches = readyBatches(faces, rows);
  nn::CheckpointDescription description;
  description.spec = {model, faces.shape(), faces.classes()};
  nn::reuseTensorMemory();
  nn::TorchPredictor predictor({network, description}, c10::kCPU);

  const torch::NoGradGuard no_grad;
  network->forward(batches.front());  // LibTorch chooses its kernels in the first pass
  std::vector<double> forward;
  std::vector<double> whole;
  for (int round = 0; round < bench::numberOf(arguments, "rounds", 1); ++round) {
    forward.push_back(bench::secondsOf([&] {
      for (const at::Tensor& batch : batches) network->forward(batch);
    }));
    whole.push_back(bench::secondsOf([&] { eval::evaluate(predictor, faces, rows, std::vector<bool>(rows.size())); }));
  }
  if (arguments.count("json") != 0) {
    const nlohmann::ordered_json json{
        {"program", "bench-evaluation"},
        {"libtorch", TORCH_VERSION},
        {"model", model},
        {"images", images},
        {"threads", threads},
        {"seconds", {{"forward", forward}, {"evaluate", whole}}},
        {"median_s", {{"forward", bench::median(forward)}, {"evaluate", bench::median(whole)}}},
        {"peak_rss_mb", bench::peakMegabytes()}};
    std::printf("%s\n", json.dump().c_str());
    return;
  }
  std::printf("%s, %d images, %d threads\n", model.c_str(), images, threads);
  std::printf("forward passes alone %8.2f s\nevaluation           %8.2f s  (%.3f times as long)\n",
              bench::median(forward), bench::median(whole), bench::median(whole) / bench::median(forward));
}

}  // namespace

int main(int argc, char** argv) {
  cxxopts::Options options("bench-evaluation", "evaluation against its forward passes alone, on the CPU");
  options.add_options()("model", "a name of the model table", cxxopts::value<std::string>()->default_value("generic"),
                        "NAME")("images", "images a round; FER-2013's test has 7,178",
                                cxxopts::value<int>()->default_value("7178"), "N")(
      "rounds", "rounds, of which the median counts", cxxopts::value<int>()->default_value("3"), "N")(
      "threads", "threads that compute; 0: every processor", cxxopts::value<int>()->default_value("0"), "N")(
      "json", "print one line of JSON");
  return bench::run(options, argc, argv, measure);
}
