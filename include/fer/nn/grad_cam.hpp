#pragma once

#include <ATen/core/Tensor.h>

#include "fer/nn/network.hpp"

namespace fer::nn {

/// Where in each image a network saw what speaks for a class: a class activation map of its last convolution. The
/// rectified feature maps are summed with weights, each the mean over the map of the gradient of the class's logit;
/// what is below 0 counts as 0; then the sum is enlarged to the image (bilinear) and divided by its largest value.
/// Source: Selvaraju et al., "Grad-CAM", ICCV 2017, equations 1 and 2.
/// `images` are N x C x H x W as forward() takes them, on the network's device; `classes` are N indices (int64), on any
/// device. Returns N x H x W floats from 0 to 1 on the CPU; all 0 where nothing speaks for the class. The network is
/// one of the model table's, in evaluation mode; its parameters' gradients stay as they are.
at::Tensor gradCam(Network& network, const at::Tensor& images, const at::Tensor& classes);

}  // namespace fer::nn
