#include "nn/models/input_layer.hpp"

#include <ATen/ATen.h>

#include "fer/core/error.hpp"

namespace fer::nn {
namespace {

/// (x - mean) / deviation, a channel at a time: numbers, not tensors, so that no device has to be known.
at::Tensor normalise(const at::Tensor& images, const std::vector<double>& mean, const std::vector<double>& deviation) {
  std::vector<at::Tensor> planes;
  for (std::size_t i = 0; i < mean.size(); ++i)
    planes.push_back(images.narrow(1, static_cast<std::int64_t>(i), 1).sub(mean[i]).div(deviation[i]));
  return at::cat(planes, 1);
}

void requireFit(const InputOptions& options, std::int64_t channels) {
  for (const auto& [key, list] : {std::pair("mean", &options.mean), std::pair("std", &options.std)})
    if (!list->empty() && static_cast<std::int64_t>(list->size()) != channels)
      throw usageError(std::string("model.input.") + key + ": expected a number for each of the network's " +
                       std::to_string(channels) + " channels, found " + std::to_string(list->size()));
  if (options.mean.size() != options.std.size())
    throw usageError("model.input: mean and std go together: give both or none");
}

}  // namespace

data::ImageShape shapeInside(const ModelSpec& spec) {
  data::ImageShape shape = spec.input;
  if (spec.prepare.height != 0) shape.height = spec.prepare.height;
  if (spec.prepare.width != 0) shape.width = spec.prepare.width;
  return shape;
}

void addInputLayer(Network& network, const ModelSpec& spec, std::int64_t channels) {
  const InputOptions& options = spec.prepare;
  requireFit(options, channels);
  const data::ImageShape shape = shapeInside(spec);
  const bool resize = shape.height != spec.input.height || shape.width != spec.input.width;
  if (resize)
    network.add([shape](const at::Tensor& images) {
      return at::upsample_bilinear2d(images, {shape.height, shape.width}, /*align_corners=*/false);
    });
  if (spec.input.channels != channels)
    network.add([channels](const at::Tensor& images) {
      return images.expand({-1, channels, -1, -1}).contiguous(at::MemoryFormat::ChannelsLast);
    });
  if (!options.mean.empty())
    network.add([options](const at::Tensor& images) { return normalise(images, options.mean, options.std); });
}

}  // namespace fer::nn
