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

/// ResNet-18 with a 3 x 3 stem of stride 1 and no pooling before its blocks, as for CIFAR's images: 224 pixels' stem
/// would leave 2 x 2 maps of 48. Source: He et al. 2016, table 1.
Graph makeResnet18(const ModelSpec& spec);

/// One residual block with squeeze-and-excite for each of 24, 48, 96 and 192 channels. Sources: He et al. 2016; Hu et
/// al. 2018, figure 3.
Graph makeCompactResidual(const ModelSpec& spec);

/// Inverted bottlenecks with squeeze-and-excite, whose numbers fit 200,000 and 50,000 parameters. Sources: Sandler et
/// al. 2018, figure 4b; Howard et al. 2019 for the gate on the depthwise maps.
Graph makeCompact200k(const ModelSpec& spec);
Graph makeCompact50k(const ModelSpec& spec);

}  // namespace fer::graph
