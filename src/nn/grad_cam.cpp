#include "fer/nn/grad_cam.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/utils.h>

#include <limits>

namespace fer::nn {
namespace {

at::Tensor rectifiedMaps(Network& network, const at::Tensor& images) {
  const torch::NoGradGuard no_grad;
  return at::relu(network.featureMaps(images));
}

}  // namespace

at::Tensor gradCam(Network& network, const at::Tensor& images, const at::Tensor& classes) {
  at::Tensor maps = rectifiedMaps(network, images);
  const at::AutoGradMode with_gradients(true);
  maps.requires_grad_(true);
  // A copy, for it may be changed in place; and above 0, so that a ReLU that comes next lets every gradient pass.
  const at::Tensor logits = network.logitsOf(maps + std::numeric_limits<float>::min());
  // Images do not influence each other in evaluation mode, so one sum gives every image's own gradient.
  const at::Tensor chosen = logits.gather(1, classes.to(logits.device()).unsqueeze(1)).sum();
  const at::Tensor gradient = torch::autograd::grad({chosen}, {maps}).front();

  const torch::NoGradGuard no_grad;
  const at::Tensor weights = gradient.mean(at::IntArrayRef{2, 3}, /*keepdim=*/true);
  const at::Tensor heat = at::relu((weights * maps).sum(1, /*keepdim=*/true));
  const at::Tensor enlarged =
      at::upsample_bilinear2d(heat, {images.size(2), images.size(3)}, /*align_corners=*/false).squeeze(1);
  const at::Tensor largest = enlarged.amax(at::IntArrayRef{1, 2}, /*keepdim=*/true);
  return at::where(largest > 0, enlarged / largest, at::zeros_like(enlarged)).to(at::kFloat).cpu().contiguous();
}

}  // namespace fer::nn
