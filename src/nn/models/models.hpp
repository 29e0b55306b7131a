#pragma once

#include <memory>

#include "fer/nn/models/table.hpp"

namespace fer::nn {

/// Four levels of convolution, batch norm, ReLU, pooling, dropout; two dense layers. Source: the original project.
std::shared_ptr<Network> makeGeneric(const ModelSpec& spec);

/// Three blocks of 2, 2 and 4 convolutions with 64, 128 and 256 channels; two dense layers. Source: the original
/// project.
std::shared_ptr<Network> makeVggBlock(const ModelSpec& spec);

/// One inception module on the image itself, then a dense layer. Source: the original project; Szegedy et al. 2015.
std::shared_ptr<Network> makeInceptionBlock(const ModelSpec& spec);

/// The convolutions of VGG-16 under torchvision's names ("features.0.weight"), and the original project's "head".
/// Source: Simonyan and Zisserman 2015, configuration D.
std::shared_ptr<Network> makeVgg16(const ModelSpec& spec);

/// ResNet-50 without its classifier under torchvision's names ("layer1.0.conv1.weight"), and the original project's
/// "head" on the flattened maps. Unlike Keras' ResNet-50 it has the stride of a block on the 3 x 3 convolution, no
/// biases in the convolutions, and an epsilon of 1e-5. Source: He et al. 2016.
std::shared_ptr<Network> makeResnet50(const ModelSpec& spec);

}  // namespace fer::nn
