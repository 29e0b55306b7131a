#include "serve/stream/recognition.hpp"

#include <algorithm>
#include <cstdint>

namespace fer::serve {

Recognition::Recognition(predict::Predictor& predictor, const PipelineOptions& options, std::size_t sources)
    : predictor_(predictor), options_(options.smoother) {
  kept_.reserve(sources);
  for (std::size_t source = 0; source < sources; ++source) kept_.push_back({vision::LabelSmoother(options_), {}});
}

void Recognition::recognise(std::vector<Followed>& frames) {
  const std::vector<float> all = probabilitiesOf(frames);
  const auto classes = static_cast<std::ptrdiff_t>(predictor_.classes().size());
  auto first = all.begin();
  for (Followed& followed : frames) {
    for (const Followed::Crop& crop : followed.crops) {
      followed.frame.result.faces[crop.face].probabilities.assign(first, first + classes);
      first += classes;
    }
    finish(followed);
  }
}

std::vector<float> Recognition::probabilitiesOf(const std::vector<Followed>& frames) {
  std::vector<std::uint8_t> bytes;
  for (const Followed& followed : frames)
    for (const Followed::Crop& crop : followed.crops) bytes.insert(bytes.end(), crop.bytes.begin(), crop.bytes.end());
  return bytes.empty() ? std::vector<float>() : predictor_.probabilities(bytes);
}

void Recognition::finish(Followed& followed) {
  FrameResult& result = followed.frame.result;
  Kept& kept = kept_[result.source];
  for (FaceResult& face : result.faces) {
    std::optional<vision::Smoothed> smoothed;
    if (face.probabilities.empty()) {
      smoothed = kept.smoother.current(face.track);
    } else {
      smoothed = kept.smoother.update(face.track, result.time_s, face.probabilities);
      kept.crops[face.track] = {face.dark, face.blurred};
    }
    if (!smoothed) continue;
    face.smoothed = smoothed->probabilities;
    face.label = static_cast<int>(smoothed->label);
    face.dark = kept.crops[face.track].dark;
    face.blurred = kept.crops[face.track].blurred;
  }
  std::erase_if(kept.crops, [&](const auto& entry) {
    if (std::binary_search(followed.tracks.begin(), followed.tracks.end(), entry.first)) return false;
    kept.smoother.forget(entry.first);
    return true;
  });
  if (!followed.frame.state) return;
  nlohmann::json& state = *followed.frame.state;
  state["smoother"] = kept.smoother.toJson();
  state["crops"] = nlohmann::json::array();
  for (const auto& [track, last] : kept.crops) state["crops"].push_back({track, last.dark, last.blurred});
}

void Recognition::restore(std::size_t source, const nlohmann::json& state) {
  kept_[source].smoother = vision::LabelSmoother::fromJson(options_, state.at("smoother"), "state");
  for (const nlohmann::json& entry : state.at("crops"))
    kept_[source].crops[entry.at(0).get<int>()] = {entry.at(1).get<bool>(), entry.at(2).get<bool>()};
}

}  // namespace fer::serve
