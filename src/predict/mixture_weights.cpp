#include "fer/predict/mixture_weights.hpp"

#include <algorithm>
#include <stdexcept>

namespace fer::predict {
namespace {

/// Rows x members: what each member gave the row's label.
std::vector<double> ofTheLabels(std::span<const std::vector<float>> members, std::span<const int> labels,
                                std::size_t classes) {
  constexpr double kLeast = 1e-15;
  std::vector<double> result;
  result.reserve(labels.size() * members.size());
  for (std::size_t row = 0; row < labels.size(); ++row)
    for (const std::vector<float>& member : members) {
      const auto label = static_cast<std::size_t>(labels[row]);
      if (labels[row] < 0 || label >= classes || member.size() != labels.size() * classes)
        throw std::invalid_argument("fitMixtureWeights: a label is no class, or the lists do not fit");
      result.push_back(std::max(kLeast, static_cast<double>(member[row * classes + label])));
    }
  return result;
}

/// For each member the mean over the rows of its probability divided by the mixture's.
std::vector<double> gains(const std::vector<double>& given, const std::vector<double>& weights) {
  const std::size_t members = weights.size();
  const std::size_t rows = given.size() / members;
  std::vector<double> sums(members);
  for (std::size_t row = 0; row < rows; ++row) {
    const double* one = given.data() + row * members;
    double mixture = 0;
    for (std::size_t m = 0; m < members; ++m) mixture += weights[m] * one[m];
    for (std::size_t m = 0; m < members; ++m) sums[m] += one[m] / mixture;
  }
  for (double& sum : sums) sum /= static_cast<double>(rows);
  return sums;
}

}  // namespace

std::vector<double> fitMixtureWeights(std::span<const std::vector<float>> members, std::span<const int> labels,
                                      std::size_t classes) {
  if (members.empty() || labels.empty()) throw std::invalid_argument("fitMixtureWeights: no members or no rows");
  const std::vector<double> given = ofTheLabels(members, labels, classes);
  std::vector<double> weights(members.size(), 1.0 / static_cast<double>(members.size()));
  // By convexity the likelihood lies at most ln(the largest gain) below the highest.
  constexpr double kEnough = 1 + 1e-6;
  constexpr int kMostSteps = 100000;
  for (int step = 0; step < kMostSteps; ++step) {
    const std::vector<double> gain = gains(given, weights);
    if (*std::max_element(gain.begin(), gain.end()) <= kEnough) break;
    for (std::size_t m = 0; m < weights.size(); ++m) weights[m] *= gain[m];
  }
  return weights;
}

}  // namespace fer::predict
