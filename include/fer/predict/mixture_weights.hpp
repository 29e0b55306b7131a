#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fer::predict {

/// The weights w of an ensemble, none negative and adding up to 1, for which the mixture sum_m w_m p_m gives the labels
/// the lowest mean negative log-likelihood, at most 1e-6 above the lowest. A convex problem, solved by expectation
/// maximisation from equal weights: w_m <- mean over the rows of w_m p_m(label) / sum_k w_k p_k(label). To be fitted on
/// validation rows alone. `members` holds rows x classes probabilities each; a label's probability counts as at least
/// 1e-15. Throws std::invalid_argument where lists do not fit, are empty, or a label is no class.
/// Source: Dempster, Laird and Rubin, "Maximum likelihood from incomplete data via the EM algorithm", JRSS B 1977.
std::vector<double> fitMixtureWeights(std::span<const std::vector<float>> members, std::span<const int> labels,
                                      std::size_t classes);

}  // namespace fer::predict
