#pragma once

#include "fer/graph/models/table.hpp"

namespace fer::graph {

/// Four levels of convolution, batch norm, ReLU, pooling, dropout; two dense layers. Source: the original project.
Graph makeGeneric(const ModelSpec& spec);

/// Three blocks of 2, 2 and 4 convolutions with 64, 128 and 256 channels; two dense layers. Source: the original
/// project.
Graph makeVggBlock(const ModelSpec& spec);

/// One inception module on the image itself, then a dense layer. Source: the original project; Szegedy et al. 2015.
Graph makeInceptionBlock(const ModelSpec& spec);

/// The convolutions of VGG-16 under torchvision's names ("features.0.weight"), and the original project's "head".
/// Source: Simonyan and Zisserman 2015, configuration D.
Graph makeVgg16(const ModelSpec& spec);

/// ResNet-50 without its classifier under torchvision's names ("layer1.0.conv1.weight"), and the original project's
/// "head" on the flattened maps. Unlike Keras' ResNet-50 it has the stride of a block on the 3 x 3 convolution, no
/// biases in the convolutions, and an epsilon of 1e-5. Source: He et al. 2016.
Graph makeResnet50(const ModelSpec& spec);

/// Three groups of two convolutions with 64, 128 and 192 channels, the first of each pooled before its norm, then the
/// mean of each map. Wide and shallow: stages of few channels leave a processor's vector units idle.
Graph makeCompact(const ModelSpec& spec);

}  // namespace fer::graph
