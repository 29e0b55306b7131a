#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fer::vision {

struct SmootherOptions {
  double seconds = 0.75;  ///< >= 0, the time constant: after it 63 % of a change are through; 0: no smoothing
  double margin = 0.15;   ///< 0..1; another label is taken when its smoothed probability exceeds the label's by more
};

struct Smoothed {
  std::vector<float> probabilities;  ///< one a class
  std::size_t label = 0;             ///< index of a class; with a margin not always that of the largest probability
};

/// Steadies the probabilities and the label of each track. One thread at a time.
///
/// Exponential smoothing for irregular times: p += (1 - exp(-dt / seconds)) (x - p), the first x being taken as it is.
class LabelSmoother {
 public:
  /// Throws std::invalid_argument for options outside of their bounds.
  explicit LabelSmoother(const SmootherOptions& options = {});

  /// Takes what a classifier said of a track at a time in seconds. Throws std::invalid_argument for a time that is not
  /// finite or lies before the track's last, no probabilities, another number of them than before, or one outside of
  /// 0..1.
  Smoothed update(int track, double time_s, std::span<const float> probabilities);

  /// What the last update() of a track returned; nothing for a track that is not known.
  std::optional<Smoothed> current(int track) const;

  /// Drops a track; one that is not known is no error.
  void forget(int track);

  /// All it knows but for its options. A smoother made of it, by way of text as well, does to the bit what this one
  /// would have done.
  nlohmann::json toJson() const;

  /// Throws Error (bad data), naming `origin` and the key, where the JSON is not what toJson() gives.
  static LabelSmoother fromJson(const SmootherOptions& options, const nlohmann::json& state, const std::string& origin);

 private:
  struct State {
    double time_s = 0;
    std::vector<double> probabilities;
    std::size_t label = 0;
  };

  SmootherOptions options_;
  std::map<int, State> tracks_;
};

}  // namespace fer::vision
