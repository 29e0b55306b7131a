#pragma once

#include <cstdint>

#include "fer/nn/models/table.hpp"

namespace fer::nn {

constexpr std::int64_t kBodyChannels = 3;  ///< what networks trained on ImageNet take

/// What comes out of the input layer, but for its channels: the image as spec.prepare enlarges it.
data::ImageShape shapeInside(const ModelSpec& spec);

/// The first step of a network: enlarges images, repeats a grey plane `channels` times, normalises. Adds nothing where
/// there is nothing to do. Throws Error (usage) where the options do not go with the channels.
void addInputLayer(Network& network, const ModelSpec& spec, std::int64_t channels);

}  // namespace fer::nn
