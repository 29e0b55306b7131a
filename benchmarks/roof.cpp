// The machine's roof through LibTorch: GFLOP/s of large matrix products in fp32 and bf16 at 1 and more threads; and of
// vgg_block's convolutions forward and backward alone, to be set beside it. One multiply-add counts as two.

#include <ATen/ATen.h>
#include <torch/utils.h>
#include <torch/version.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "fer/nn/device.hpp"
#include "fer/nn/memory/cpu_memory.hpp"
#include "fer/nn/memory/layout.hpp"
#include "nn/layers/layers.hpp"
#include "program.hpp"

namespace {

using namespace fer;  // a main of its own, no header
using nlohmann::ordered_json;

struct Options {
  int rounds;
  double seconds;  ///< a measurement repeats its work for at least this long
  std::vector<std::int64_t> sizes;
  std::int64_t batch;
};

/// Median over the rounds of GFLOP/s of `work`, which does `flop` floating-point operations.
double gflops(double flop, const Options& options, const auto& work) {
  work();  // LibTorch chooses its kernels, memory is touched
  std::vector<double> rates;
  for (int round = 0; round < options.rounds; ++round) {
    int calls = 0;
    double spent = 0;
    for (; spent < options.seconds; ++calls) spent += bench::secondsOf(work);
    rates.push_back(flop * calls / spent / 1e9);
  }
  return bench::median(rates);
}

/// The way of at::mm: a BLAS, which may know less of the processor than oneDNN.
double matrixProduct(std::int64_t n, const Options& options) {
  const at::Tensor a = at::rand({n, n});
  const at::Tensor b = at::rand({n, n});
  at::Tensor c = at::empty({n, n});
  return gflops(2.0 * static_cast<double>(n * n * n), options, [&] { at::mm_out(c, a, b); });
}

double bf16Product(std::int64_t n, const Options& options) {
  const at::Tensor a = at::rand({n, n}).to(at::kBFloat16);
  const at::Tensor b = at::rand({n, n}).to(at::kBFloat16);
  at::Tensor c = at::empty({n, n}, at::kBFloat16);
  return gflops(2.0 * static_cast<double>(n * n * n), options, [&] { at::mm_out(c, a, b); });
}

/// The way of layers in oneDNN's own layout.
double denseLayer(std::int64_t n, const Options& options) {
  const at::Tensor a = at::rand({n, n}).to_mkldnn();
  const at::Tensor b = at::rand({n, n}).to_mkldnn();
  return gflops(2.0 * static_cast<double>(n * n * n), options, [&] { at::mkldnn_linear(a, b, {}); });
}

/// A convolution of 1 x 1 over n pixels is a product of n x n matrices for LibTorch's oneDNN, which a single thread
/// gets only for 16 images and more.
double pointConvolution(std::int64_t n, c10::ScalarType type, const Options& options) {
  const at::Tensor images = nn::fastLayout(at::rand({16, n, n / 32, 2}).to(type));
  const at::Tensor kernel = nn::fastLayout(at::rand({n, n, 1, 1}).to(type));
  return gflops(2.0 * static_cast<double>(n * n * n), options, [&] { at::conv2d(images, kernel); });
}

/// The best that was found, and what found it.
struct Roof {
  double best = 0;
  ordered_json all = ordered_json::object();

  void add(const std::string& name, double rate) {
    all[name] = rate;
    best = std::max(best, rate);
  }
};

Roof fp32Roof(const Options& options) {
  Roof roof;
  for (const std::int64_t n : options.sizes) {
    roof.add("product " + std::to_string(n), matrixProduct(n, options));
    roof.add("dense layer " + std::to_string(n), denseLayer(n, options));
    roof.add("1x1 convolution " + std::to_string(n), pointConvolution(n, at::kFloat, options));
  }
  return roof;
}

Roof bf16Roof(const Options& options) {
  Roof roof;
  for (const std::int64_t n : options.sizes) {
    roof.add("product " + std::to_string(n), bf16Product(n, options));
    roof.add("1x1 convolution " + std::to_string(n), pointConvolution(n, at::kBFloat16, options));
  }
  return roof;
}

struct Layer {
  std::int64_t in;
  std::int64_t out;
  std::int64_t side;  ///< of the square image
};
constexpr std::array<Layer, 8> kVggBlock{{{1, 64, 48},
                                          {64, 64, 48},
                                          {64, 128, 24},
                                          {128, 128, 24},
                                          {128, 256, 12},
                                          {256, 256, 12},
                                          {256, 256, 12},
                                          {256, 256, 12}}};
constexpr std::int64_t kKernel = 3;

/// Forward, and backward to kernel, bias and input; the first layer's input is the picture, which needs no gradient.
/// Products with the zeros around a picture count, as is usual (3.06 GFLOP an image); oneDNN leaves them out, a
/// ninth of all at 12 x 12, so that such a layer may stand above the roof.
struct Convolution {
  Convolution(const Layer& layer, std::int64_t batch, c10::ScalarType type)
      : convolution(std::make_shared<nn::Conv>(layer.in, layer.out, nn::Conv::Options{kKernel})),
        input(nn::fastLayout(at::rand({batch, layer.in, layer.side, layer.side}).to(type))),
        gradient(nn::fastLayout(at::rand({batch, layer.out, layer.side, layer.side}).to(type))),
        flop(2.0 * static_cast<double>(batch * layer.side * layer.side * layer.out * layer.in * kKernel * kKernel) *
             (layer.in == 1 ? 2 : 3)) {
    convolution->to(type);
    for (at::Tensor& parameter : convolution->parameters())
      if (parameter.dim() == 4) parameter.set_data(nn::fastLayout(parameter));
    input.set_requires_grad(layer.in != 1);
  }
  /// Gradients go at once, as those of activations do in a training step, whose next layer gets their memory.
  void run() {
    convolution->forward(input).backward(gradient);
    input.mutable_grad().reset();
    for (at::Tensor& parameter : convolution->parameters()) parameter.mutable_grad().reset();
  }

  std::shared_ptr<nn::Conv> convolution;
  at::Tensor input;
  at::Tensor gradient;
  double flop;
};

/// All layers one after the other, as a step does them, and each alone.
ordered_json convolutions(c10::ScalarType type, const Options& options) {
  std::vector<Convolution> layers;
  double flop = 0;
  for (const Layer& layer : kVggBlock) flop += layers.emplace_back(layer, options.batch, type).flop;
  ordered_json json;
  json["all"] = gflops(flop, options, [&] {
    for (Convolution& layer : layers) layer.run();
  });
  for (Convolution& layer : layers) json["each"].push_back(gflops(layer.flop, options, [&] { layer.run(); }));
  json["gflop_an_image"] = flop / 1e9 / static_cast<double>(options.batch);
  return json;
}

void print(const ordered_json& json) {
  for (const auto& [threads, row] : json["threads"].items()) {
    for (const char* type : {"fp32", "bf16"}) {
      if (!row.contains(type)) continue;
      const auto& found = row[type];
      std::printf("%s threads, %s: roof %7.1f GFLOP/s", threads.c_str(), type, found["roof"].get<double>());
      if (found.contains("convolutions"))
        std::printf(", vgg_block's convolutions %7.1f (%.1f %%)", found["convolutions"]["all"].get<double>(),
                    100 * found["convolutions"]["all"].get<double>() / found["roof"].get<double>());
      std::printf("\n");
    }
  }
}

void measure(const cxxopts::ParseResult& arguments) {
  nn::reuseTensorMemory();
  const int threads = nn::setComputeThreads(bench::numberOf(arguments, "threads", 0));
  ordered_json json{{"program", "bench-roof"}, {"libtorch", TORCH_VERSION}};
  if (arguments.count("bare") != 0) {
    // LibTorch loaded, its threads started: what no program with it can do without.
    at::mm(at::rand({64, 64}), at::rand({64, 64}));
    json["peak_rss_mb"] = bench::peakMegabytes();
    std::printf("%s\n", json.dump().c_str());
    return;
  }
  const Options options{bench::numberOf(arguments, "rounds", 1), arguments["seconds"].as<double>(),
                        arguments["sizes"].as<std::vector<std::int64_t>>(), bench::numberOf(arguments, "batch", 1)};
  for (const std::int64_t size : options.sizes)
    if (size < 32 || size % 32 != 0)
      throw usageError("--sizes: expected multiples of 32, found " + std::to_string(size));
  for (const int count : threads == 1 ? std::vector{1} : std::vector{1, threads}) {
    nn::setComputeThreads(count);
    ordered_json& row = json["threads"][std::to_string(count)];
    const auto add = [&](const char* name, const Roof& roof, c10::ScalarType type) {
      row[name] = {{"roof", roof.best}, {"products", roof.all}};
      if (count == threads) row[name]["convolutions"] = convolutions(type, options);
    };
    add("fp32", fp32Roof(options), at::kFloat);
    if (arguments.count("bf16") != 0) add("bf16", bf16Roof(options), at::kBFloat16);
  }
  if (arguments.count("json") != 0)
    std::printf("%s\n", json.dump().c_str());
  else
    print(json);
}

}  // namespace

int main(int argc, char** argv) {
  cxxopts::Options options("bench-roof", "GFLOP/s of large matrix products, and of vgg_block's convolutions");
  options.add_options()("sizes", "sides of the square matrices",
                        cxxopts::value<std::vector<std::int64_t>>()->default_value("1024,2048,4096"),
                        "LIST")("batch", "images of the convolutions", cxxopts::value<int>()->default_value("64"), "N")(
      "rounds", "rounds, of which the median counts", cxxopts::value<int>()->default_value("3"), "N")(
      "seconds", "at least so long a measurement", cxxopts::value<double>()->default_value("0.5"), "S")(
      "threads", "the most threads; 1 is measured too; 0: every processor", cxxopts::value<int>()->default_value("0"),
      "N")("bf16", "bf16 too; slow where the processor has no such instructions")(
      "bare", "instead: the peak memory of a process with LibTorch that does next to nothing")(
      "json", "print one line of JSON");
  return bench::run(options, argc, argv, measure);
}
