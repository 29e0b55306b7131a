#include "train/starts.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <algorithm>
#include <span>

#include "fer/core/error.hpp"
#include "fer/core/random.hpp"
#include "fer/core/text/joined.hpp"
#include "fer/data/augment/augment.hpp"
#include "fer/nn/layers/whitening.hpp"

namespace fer::train {
namespace {

using graph::LayerId;

LayerId firstConvolution(const graph::Graph& graph) {
  const auto& layers = graph.layers();
  const auto first = std::find_if(layers.begin(), layers.end(), [](const graph::Layer& layer) {
    return std::holds_alternative<graph::Convolution>(layer.operation);
  });
  return static_cast<LayerId>(first - layers.begin());
}

/// Whether each output of a convolution takes the surroundings of a place, in all maps.
bool looksAround(const graph::Convolution& convolution) {
  return convolution.kernel > 1 && convolution.groups == 1;
}

at::Tensor kernelOf(const nn::Network& network, const graph::Layer& layer) {
  return network.named_parameters()[layer.name + ".weight"];
}

/// The first kernels, as many as there are inputs, each pass one input on. Source: Zagoruyko and Komodakis 2017
/// ("DiracNets"), torch.nn.init.dirac_, of the first filters alone as in Jordan 2024.
void makeIdentity(const at::Tensor& kernel) {
  const std::int64_t count = std::min(kernel.size(0), kernel.size(1));
  const std::int64_t middle = kernel.size(2) / 2;
  const at::Tensor passing = kernel.narrow(0, 0, count);
  passing.zero_();
  passing.select(3, middle).select(2, middle).copy_(at::eye(count, kernel.size(1)));
}

std::string startAsIdentity(const std::string& model, nn::Network& network) {
  const auto& layers = network.graph().layers();
  std::vector<std::string> names;
  for (LayerId id = firstConvolution(network.graph()) + 1; id < layers.size(); ++id) {
    const auto* const convolution = std::get_if<graph::Convolution>(&layers[id].operation);
    if (convolution == nullptr || !looksAround(*convolution)) continue;
    makeIdentity(kernelOf(network, layers[id]));
    names.push_back(layers[id].name);
  }
  if (names.empty())
    throw usageError("train.start.dirac: " + model +
                     " has no convolution for it: after the first one all are of single pixels or single maps. Leave "
                     "the key out.");
  return "weights: the first filters pass their inputs on in " + joined(names);
}

/// The network up to a layer, which has no weights there: what it does to an image before its first convolution.
nn::Network networkBefore(LayerId layer, const graph::Graph& whole, ImageShape input) {
  graph::Graph part(input);
  for (LayerId id = 1; id < layer; ++id) {
    const graph::Layer& one = whole.layer(id);
    part.add(one.name, one.operation, one.inputs);
  }
  return nn::Network(std::move(part));
}

std::vector<std::uint32_t> drawnRows(const data::TrainingData& data, std::uint32_t seed) {
  constexpr std::size_t kMostImages = 5000;  // as in Jordan 2024
  std::vector<std::uint32_t> rows = data.train;
  RandomStream stream(seed, Purpose::kWhitening);
  shuffle(std::span(rows), stream);
  rows.resize(std::min(rows.size(), kMostImages));
  return rows;
}

at::Tensor imagesOf(const data::Dataset& dataset, std::span<const std::uint32_t> rows,
                    const data::Preprocess& preprocess) {
  const ImageShape shape = dataset.shape();
  at::Tensor images = at::empty({static_cast<std::int64_t>(rows.size()), shape.channels, shape.height, shape.width});
  std::span<float> to(images.data_ptr<float>(), static_cast<std::size_t>(images.numel()));
  for (const std::uint32_t row : rows) {
    data::preprocess(preprocess, dataset.pixels(row), to.first(shape.size()));
    to = to.subspan(shape.size());
  }
  return images;
}

/// Of the patches that a convolution sees of the images, without augmentation.
at::Tensor covarianceAt(LayerId layer, const nn::Network& network, const Experiment& experiment,
                        const data::Dataset& dataset, std::span<const std::uint32_t> rows) {
  constexpr std::int64_t kValuesAtOnce = 1 << 22;  // 32 MB of doubles
  const graph::Layer& convolution = network.graph().layer(layer);
  const graph::Shape& seen = network.graph().layer(convolution.inputs.front()).output;
  const std::int64_t kernel = std::get<graph::Convolution>(convolution.operation).kernel;
  if (seen.height < kernel || seen.width < kernel)
    throw usageError("train.start.whitening: the images are smaller than the kernels of " + convolution.name +
                     ". Give larger images, or leave the key out.");
  const auto step =
      static_cast<std::size_t>(std::max<std::int64_t>(1, kValuesAtOnce / (seen.size() * kernel * kernel)));
  nn::Network before = networkBefore(layer, network.graph(), dataset.shape());
  nn::PatchSums sums(seen.channels, kernel);
  for (std::size_t begin = 0; begin < rows.size(); begin += step) {
    const auto some = rows.subspan(begin, std::min(step, rows.size() - begin));
    sums.add(before.forward(imagesOf(dataset, some, experiment.preprocess)));
  }
  return sums.covariance();
}

/// The filters that whiten patches, then their opposites; with too few filters the directions of the largest variance.
std::string startWhitening(const Experiment& experiment, const data::TrainingData& data, nn::Network& network) {
  const LayerId id = firstConvolution(network.graph());
  const graph::Layer& layer = network.graph().layer(id);
  if (!looksAround(std::get<graph::Convolution>(layer.operation)))
    throw usageError("train.start.whitening: " + experiment.model.name +
                     " begins with a convolution of single pixels, which has no patches to whiten. Leave the key out.");
  const std::vector<std::uint32_t> rows = drawnRows(data, experiment.train.seed);
  const at::Tensor covariance = covarianceAt(id, network, experiment, data.dataset, rows);
  if (covariance.trace().item<double>() == 0)
    throw dataError(
        "train.start.whitening: the training images are all of one level, so there is nothing to whiten. "
        "Leave the key out.");
  const at::Tensor kernel = kernelOf(network, layer);
  const std::int64_t pairs = std::min(covariance.size(0), kernel.size(0) / 2);
  const at::Tensor filters = nn::whiteningDirections(covariance).narrow(0, 0, pairs);
  kernel.narrow(0, 0, 2 * pairs)
      .copy_(at::cat({filters, -filters}).view({2 * pairs, -1, kernel.size(2), kernel.size(3)}));
  const std::string side = std::to_string(kernel.size(2));
  return "weights: " + std::to_string(2 * pairs) + " of " + std::to_string(kernel.size(0)) + " filters of " +
         layer.name + " whiten patches of " + side + " x " + side + " pixels, of " + std::to_string(rows.size()) +
         " training images";
}

}  // namespace

std::vector<std::string> applyStarts(const Experiment& experiment, const data::TrainingData& data,
                                     nn::Network& network) {
  const torch::NoGradGuard no_grad;
  std::vector<std::string> lines;
  if (experiment.train.start.whitening) lines.push_back(startWhitening(experiment, data, network));
  if (experiment.train.start.dirac) lines.push_back(startAsIdentity(experiment.model.name, network));
  return lines;
}

}  // namespace fer::train
