#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "fer/engine/engine.hpp"
#include "fer/serve/stream/pipeline.hpp"
#include "serve/stream/followed_stream.hpp"

namespace fer::serve {

/// What the faces of all sources show. One thread at a time.
class Recognition {
 public:
  Recognition(predict::Predictor& predictor, const PipelineOptions& options, std::size_t sources);

  /// Classifies the faces of several frames together, and steadies what is said of each. Frames that carry a state get
  /// what is kept here of their source. Frames of a source come in their order.
  void recognise(std::vector<Followed>& frames);

  void restore(std::size_t source, const nlohmann::json& state);

 private:
  /// What is known of a track.
  struct Last {
    bool dark = false;
    bool blurred = false;
  };
  /// What is kept of a source.
  struct Kept {
    vision::LabelSmoother smoother;
    std::map<int, Last> crops;  ///< the last classified one of each track
  };

  std::vector<float> probabilitiesOf(const std::vector<Followed>& frames);
  void finish(Followed& followed);

  predict::Predictor& predictor_;
  vision::SmootherOptions options_;
  std::vector<Kept> kept_;
};

}  // namespace fer::serve
