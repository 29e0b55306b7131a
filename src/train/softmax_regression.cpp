#include "fer/train/softmax_regression.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

namespace fer::train {
namespace {

at::Tensor withConstant(const at::Tensor& inputs) {
  return at::cat({inputs, at::ones({inputs.size(0), 1}, inputs.options())}, 1);
}

/// Sum of cross entropies, and half the sum of the squared weights.
double lossOf(const at::Tensor& x, const at::Tensor& one_hot, const at::Tensor& weights) {
  const at::Tensor entropy = at::log_softmax(at::mm(x, weights), 1).mul(one_hot).sum().neg();
  const at::Tensor penalty = weights.narrow(0, 0, weights.size(0) - 1).square().sum() / 2;
  return (entropy + penalty).item<double>();
}

/// Second derivatives by the weights, class by class: blocks x^T diag(p_a (a == b) - p_a p_b) x, and the penalty's.
at::Tensor hessianOf(const at::Tensor& x, const at::Tensor& p) {
  constexpr double kOfConstants = 1e-9;  // adding one number to all constants changes nothing: that way must be closed
  const std::int64_t size = x.size(1);
  const std::int64_t classes = p.size(1);
  at::Tensor hessian = at::zeros({classes * size, classes * size}, at::kDouble);
  for (std::int64_t a = 0; a < classes; ++a)
    for (std::int64_t b = a; b < classes; ++b) {
      const at::Tensor of_a = p.select(1, a);
      const at::Tensor weight = a == b ? of_a - of_a * of_a : -of_a * p.select(1, b);
      const at::Tensor block = at::mm((x * weight.unsqueeze(1)).t(), x);
      hessian.narrow(0, a * size, size).narrow(1, b * size, size).copy_(block);
      hessian.narrow(0, b * size, size).narrow(1, a * size, size).copy_(block);
    }
  at::Tensor penalty = at::ones({classes, size}, at::kDouble);
  penalty.select(1, size - 1).fill_(kOfConstants);
  hessian.diagonal().add_(penalty.flatten());
  return hessian;
}

}  // namespace

at::Tensor softmaxRegression(const at::Tensor& inputs, const at::Tensor& labels, std::int64_t classes) {
  constexpr int kMostSteps = 100;
  constexpr double kSmallestStep = 1e-9;
  constexpr double kSmallestPart = 1e-6;
  const torch::NoGradGuard no_grad;
  const at::Tensor x = withConstant(inputs);
  const at::Tensor one_hot = at::one_hot(labels, classes).to(at::kDouble);
  at::Tensor weights = at::zeros({x.size(1), classes}, at::kDouble);
  double loss = lossOf(x, one_hot, weights);
  for (int i = 0; i < kMostSteps; ++i) {
    const at::Tensor p = at::softmax(at::mm(x, weights), 1);
    at::Tensor penalty = weights.clone();
    penalty.select(0, x.size(1) - 1).zero_();
    const at::Tensor gradient = at::mm(x.t(), p - one_hot) + penalty;
    const at::Tensor step =
        at::linalg_solve(hessianOf(x, p), gradient.t().reshape({-1})).view({classes, x.size(1)}).t();
    double part = 1;
    double next = lossOf(x, one_hot, weights - step);
    for (; part > kSmallestPart && next > loss; next = lossOf(x, one_hot, weights - step * part)) part /= 2;
    weights = weights - step * part;
    loss = next;
    if (step.abs().max().item<double>() * part < kSmallestStep) break;
  }
  return weights;
}

at::Tensor softmaxProbabilities(const at::Tensor& inputs, const at::Tensor& weights) {
  return at::softmax(at::mm(withConstant(inputs), weights), 1);
}

}  // namespace fer::train
