#pragma once

#include <stdexcept>
#include <vector>

namespace fer::predict {

/// Adds lists of one length, each times its weight, in double precision.
class WeightedSum {
 public:
  void add(const std::vector<float>& values, double weight) {
    if (sum_.empty()) sum_.resize(values.size());
    if (sum_.size() != values.size()) throw std::logic_error("WeightedSum: lists of different lengths");
    for (std::size_t i = 0; i < values.size(); ++i) sum_[i] += weight * static_cast<double>(values[i]);
  }

  std::vector<float> values() const { return {sum_.begin(), sum_.end()}; }

 private:
  std::vector<double> sum_;
};

}  // namespace fer::predict
