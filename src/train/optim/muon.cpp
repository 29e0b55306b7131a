#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "train/optim/update_rule.hpp"

namespace fer::train {
namespace {

/// Of U S V^T nearly U V^T: each singular value s, after all are divided by the root of their squares' sum, goes five
/// times through a s + b s^3 + c s^5, which takes it to 0.7..1.2. `matrix` is not taller than wide.
/// Computed in `type`. Source: Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks";
/// torch.optim.Muon.
at::Tensor orthogonalised(const at::Tensor& matrix, at::ScalarType type) {
  constexpr double kA = 3.4445;
  constexpr double kB = -4.7750;
  constexpr double kC = 2.0315;
  constexpr int kIterations = 5;
  constexpr double kSmallest = 1e-7;
  at::Tensor x = matrix.to(type);
  x = x / x.norm().clamp_min(kSmallest);
  for (int i = 0; i < kIterations; ++i) {
    const at::Tensor gram = at::mm(x, x.t());
    x = at::addmm(x, at::addmm(gram, gram, gram, kB, kC), x, kA);
  }
  return x.to(matrix.scalar_type());
}

/// Muon for a kernel as the matrix of its filters:
///   m += (g - m) (1 - momentum);  d = g + (m - g) momentum with Nesterov's form, else m
///   p = p (1 - lr weight_decay) - lr 0.2 sqrt(max(filters, weights a filter)) orthogonalised(d)
/// The factor makes its steps as long as AdamW's, so that one learning rate serves both (Liu et al. 2025, "Muon is
/// scalable for LLM training"; torch.optim.Muon's match_rms_adamw).
class Muon : public UpdateRule {
 public:
  Muon(OptimiserOptions options, nn::Precision precision) : options_(std::move(options)), precision_(precision) {}

  std::vector<std::string> moments() const override { return {"muon.momentum"}; }
  std::size_t numbers() const override { return 2; }
  bool wantsWholeTensors() const override { return true; }
  void ratesOf(double lr, std::int64_t t, bool decays, std::span<double> rates) const override;
  void update(const Stretch& stretch, std::span<const float> rates) const override;
  void update(const Lists& lists, const at::Tensor& rates) const override;

 private:
  at::ScalarType typeFor(const at::Tensor& parameter) const {
    return precision_ == nn::Precision::kBf16 ? at::kBFloat16 : parameter.scalar_type();
  }

  OptimiserOptions options_;
  nn::Precision precision_;
};

void Muon::ratesOf(double lr, std::int64_t, bool decays, std::span<double> rates) const {
  rates[0] = lr;
  rates[1] = decays ? 1 - lr * options_.weight_decay : 1;
}

void Muon::update(const Stretch&, std::span<const float>) const {
  throw std::logic_error("Muon steps by whole tensors");
}

void Muon::update(const Lists& lists, const at::Tensor& rates) const {
  constexpr double kLength = 0.2;
  for (std::size_t i = 0; i < lists.values.size(); ++i) {
    const at::Tensor& value = lists.values[i];
    const at::Tensor& gradient = lists.gradients[i];
    const at::Tensor& momentum = lists.moments[0][i];
    momentum.lerp_(gradient, 1 - options_.momentum);
    const at::Tensor way = options_.nesterov ? gradient.lerp(momentum, options_.momentum) : momentum;
    const at::Tensor matrix = way.reshape({way.size(0), -1});
    const bool tall = matrix.size(0) > matrix.size(1);
    const at::ScalarType type = typeFor(value);
    const at::Tensor turned = tall ? orthogonalised(matrix.t(), type).t() : orthogonalised(matrix, type);
    const double length = kLength * std::sqrt(static_cast<double>(std::max(matrix.size(0), matrix.size(1))));
    value.mul_(rates.select(0, 1)).sub_(turned.reshape(value.sizes()) * (rates.select(0, 0) * length));
  }
}

}  // namespace

std::unique_ptr<UpdateRule> muonRule(const OptimiserOptions& options, nn::Precision precision) {
  return std::make_unique<Muon>(options, precision);
}

bool isForMuon(const at::Tensor& parameter) {
  return parameter.dim() > 2 && parameter.size(1) > 1;
}

}  // namespace fer::train
