#include "train/optim/adam_step.hpp"

#include <cmath>

#include "fer/core/multiversion.hpp"

namespace fer::train {

double correctedRate(const OptimiserOptions& options, double lr, std::int64_t t) {
  const auto steps = static_cast<double>(t);
  return lr * std::sqrt(1.0 - std::pow(options.beta2, steps)) / (1.0 - std::pow(options.beta1, steps));
}

FER_MULTIVERSION void adamStep(std::span<float> values, std::span<float> m, std::span<float> v,
                               std::span<const float> gradients, const OptimiserOptions& options,
                               double corrected_rate) {
  const auto rate = static_cast<float>(corrected_rate);
  const auto new1 = static_cast<float>(1.0 - options.beta1);
  const auto new2 = static_cast<float>(1.0 - options.beta2);
  const auto epsilon = static_cast<float>(options.epsilon);
  float* const p = values.data();
  float* const first = m.data();
  float* const second = v.data();
  const float* const g = gradients.data();
  for (std::size_t i = 0; i < values.size(); ++i) {
    first[i] += (g[i] - first[i]) * new1;
    second[i] += (g[i] * g[i] - second[i]) * new2;
    p[i] -= rate * first[i] / (std::sqrt(second[i]) + epsilon);
  }
}

}  // namespace fer::train
