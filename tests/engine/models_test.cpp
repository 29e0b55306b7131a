#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "fer/engine/engine.hpp"
#include "fer/graph/models/table.hpp"
#include "support/exported_model.hpp"

namespace fer::engine {
namespace {

/// Numbers up to `width` around `centre`, the same in every run and with every library.
void draw(weights::Tensor& tensor, double width, double centre, std::minstd_rand& random) {
  for (std::size_t i = 0; i < tensor.bytes.size() / sizeof(float); ++i) {
    const double part = static_cast<double>(random()) / std::minstd_rand::max();
    const auto value = static_cast<float>(centre + width * (2 * part - 1));
    std::memcpy(tensor.bytes.data() + i * sizeof value, &value, sizeof value);
  }
}

/// Of the kernels that end a block: branches that are added up must be small, and gates halve what they let through.
double blockFactor(const graph::Graph& graph, const std::string& name) {
  constexpr std::string_view kLast = "conv3.weight";
  constexpr double kOfBranches = 0.2;
  if (!name.ends_with(kLast)) return 1;
  const std::string scope = name.substr(0, name.size() - kLast.size());
  const auto has = [&](const char* layer) {
    return std::any_of(graph.layers().begin(), graph.layers().end(),
                       [&](const graph::Layer& one) { return one.name == scope + layer; });
  };
  return (has("add") ? kOfBranches : 1) * (has("se.scale") ? 2 : 1);
}

/// With weights that neither let values fade nor grow from layer to layer.
std::map<std::string, weights::Tensor> drawnTensors(const graph::Graph& graph) {
  std::map<std::string, weights::Tensor> tensors = test::tensorsOf(graph);
  std::minstd_rand random;
  for (auto& [name, tensor] : tensors) {
    const std::vector<std::int64_t>& shape = tensor.type.shape;
    const bool is_kernel = shape.size() > 1;
    constexpr double kOfNorms = 0.2;
    if (is_kernel)
      draw(tensor,
           blockFactor(graph, name) *
               std::sqrt(6 * static_cast<double>(shape[0] * static_cast<std::int64_t>(sizeof(float))) /
                         static_cast<double>(tensor.bytes.size())),
           0, random);
    else
      draw(tensor, kOfNorms, name.ends_with("running_var") || name.ends_with("weight") ? 1 : 0, random);
  }
  return tensors;
}

std::string exportedModel(const graph::ModelSpec& spec, weights::OnnxKernels kernels) {
  weights::ModelDescription description = test::everyLayerDescription();
  description.spec = spec;
  description.preprocess.input = spec.input;
  description.preprocess.rescale = 1.0 / 255;
  const graph::Graph graph = graph::makeGraph(spec);
  return weights::onnxModel(graph, drawnTensors(graph),
                            {{weights::kDescriptionKey, weights::descriptionJson(description)}}, kernels);
}

/// Faces' worth of bytes, of coarse patterns so that images differ in what the networks see.
std::vector<std::uint8_t> images(const ImageShape& shape, std::size_t count) {
  std::vector<std::uint8_t> bytes(shape.size() * count);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>((i % shape.size() / 5 * (3 + i / shape.size())) * 29 % 256);
  return bytes;
}

struct Case {
  graph::ModelSpec spec;
  weights::OnnxKernels kernels = weights::OnnxKernels::kFloat32;
};

const std::vector<std::string> kClasses{"a", "b", "c", "d", "e", "f", "g"};

// Small images, for inception_block has 65,536 weights a pixel.
std::vector<Case> cases() {
  std::vector<Case> all;
  for (const graph::ModelEntry& entry : graph::modelTable()) {
    graph::ModelSpec spec{entry.name, {1, 16, 20}, kClasses};
    // All that a network may do to images first.
    if (spec.name == "vgg16") spec.prepare = {40, 32, {0.5, 0.4, 0.3}, {0.2, 0.25, 0.3}};
    all.push_back({spec});
  }
  // Three channels lie side by side for XNNPACK.
  all.push_back({{"compact", {3, 16, 20}, kClasses}});
  all.push_back({{"vgg_block", {1, 16, 16}, kClasses}, weights::OnnxKernels::kFloat16});
  return all;
}

class EveryModel : public ::testing::TestWithParam<Case> {};

INSTANTIATE_TEST_SUITE_P(Engines, EveryModel, ::testing::ValuesIn(cases()), [](const auto& item) {
  const bool has_colour = item.param.spec.input.channels == 3;
  const bool is_half = item.param.kernels == weights::OnnxKernels::kFloat16;
  return item.param.spec.name + (has_colour ? "_colour" : "") + (is_half ? "_half" : "");
});

float largestOf(const std::vector<float>& found, const std::vector<float>& expected) {
  float largest = found.size() == expected.size() ? 0.0F : 1.0F;
  for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i)
    largest = std::max(largest, std::abs(found[i] - expected[i]));
  return largest;
}

// OpenCV's are held against LibTorch's and ONNX Runtime's elsewhere.
TEST_P(EveryModel, HasTheSameProbabilitiesWithEveryEngineWhateverTheBatch) {
  const std::string bytes = exportedModel(GetParam().spec, GetParam().kernels);
  const ExportedModel reference = openModel(bytes, "m.onnx", {"opencv", 2});
  for (const std::string& engine : engineNames()) {
    if (engine == "opencv" || engine == "openvino-bf16") continue;
    const ExportedModel model = openModel(bytes, "m.onnx", {engine, 2});
    for (const std::size_t count : {1U, 7U, 64U, 7U}) {
      const std::vector<std::uint8_t> batch = images(GetParam().spec.input, count);
      EXPECT_LT(largestOf(model.predictor->probabilities(batch), reference.predictor->probabilities(batch)), 1e-5F)
          << engine << ", " << count << " images";
    }
  }
}

// So that a difference can show in the test above: neither all the same nor all certain.
TEST_P(EveryModel, TellsTheseImagesApart) {
  const ExportedModel model = openModel(exportedModel(GetParam().spec, GetParam().kernels), "m.onnx", {});
  const std::vector<float> some = model.predictor->probabilities(images(GetParam().spec.input, 2));
  EXPECT_LT(*std::max_element(some.begin(), some.end()), 0.999F);
  const auto second = some.begin() + static_cast<std::ptrdiff_t>(kClasses.size());
  EXPECT_GT(largestOf({some.begin(), second}, {second, some.end()}), 1e-3F);
}

}  // namespace
}  // namespace fer::engine
