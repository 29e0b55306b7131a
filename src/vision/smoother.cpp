#include "fer/vision/smoother.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "fer/core/text/json.hpp"

namespace fer::vision {
namespace {

using nlohmann::json;

constexpr int kSmootherSchema = 1;

/// The share of a new value that is taken after so many seconds.
double shareAfter(double seconds, double time_constant) {
  return time_constant > 0 ? 1 - std::exp(-seconds / time_constant) : 1;
}

std::size_t likeliest(const std::vector<double>& probabilities) {
  return static_cast<std::size_t>(std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
}

Smoothed shown(const std::vector<double>& probabilities, std::size_t label) {
  return {{probabilities.begin(), probabilities.end()}, label};
}

}  // namespace

LabelSmoother::LabelSmoother(const SmootherOptions& options) : options_(options) {
  const bool seconds = options.seconds >= 0 && std::isfinite(options.seconds);
  if (!seconds || !(options.margin >= 0 && options.margin <= 1))
    throw std::invalid_argument("a smoother's options are out of bounds");
}

Smoothed LabelSmoother::update(int track, double time_s, std::span<const float> probabilities) {
  const auto is_probability = [](float value) { return value >= 0 && value <= 1; };
  if (probabilities.empty() || !std::all_of(probabilities.begin(), probabilities.end(), is_probability))
    throw std::invalid_argument("a smoother takes probabilities from 0 to 1, one or more");
  if (track < 1 || !std::isfinite(time_s))
    throw std::invalid_argument("a smoother takes tracks from 1 on and finite times");
  const auto [found, is_new] = tracks_.try_emplace(track);
  State& state = found->second;
  if (is_new) {
    state = {time_s, {probabilities.begin(), probabilities.end()}, 0};
    state.label = likeliest(state.probabilities);
    return shown(state.probabilities, state.label);
  }
  if (time_s < state.time_s || probabilities.size() != state.probabilities.size())
    throw std::invalid_argument("a track's times must not decrease, and its classes stay as many as they were");
  const double share = shareAfter(time_s - state.time_s, options_.seconds);
  state.time_s = time_s;
  for (std::size_t i = 0; i < probabilities.size(); ++i)
    state.probabilities[i] += share * (static_cast<double>(probabilities[i]) - state.probabilities[i]);
  const std::size_t best = likeliest(state.probabilities);
  if (state.probabilities[best] > state.probabilities[state.label] + options_.margin) state.label = best;
  return shown(state.probabilities, state.label);
}

std::optional<Smoothed> LabelSmoother::current(int track) const {
  const auto found = tracks_.find(track);
  if (found == tracks_.end()) return std::nullopt;
  return shown(found->second.probabilities, found->second.label);
}

void LabelSmoother::forget(int track) {
  tracks_.erase(track);
}

json LabelSmoother::toJson() const {
  json tracks = json::array();
  for (const auto& [track, state] : tracks_)
    tracks.push_back(
        {{"track", track}, {"time_s", state.time_s}, {"probabilities", state.probabilities}, {"label", state.label}});
  return {{"schema", kSmootherSchema}, {"tracks", std::move(tracks)}};
}

LabelSmoother LabelSmoother::fromJson(const SmootherOptions& options, const json& state, const std::string& origin) {
  const JsonNode node(state, origin, "The file is damaged: analyse the video from its beginning.");
  node.schema(kSmootherSchema);
  LabelSmoother smoother(options);
  for (const JsonNode& track : node.at("tracks").list()) {
    const int id = track.at("track").count<int>();
    if (id < 1 || smoother.tracks_.contains(id)) throw track.at("track").wrong("ids from 1 on, each once");
    State& one = smoother.tracks_[id];
    one.time_s = track.at("time_s").number();
    for (const JsonNode& probability : track.at("probabilities").list())
      one.probabilities.push_back(probability.number(0, 1));
    one.label = track.at("label").count<std::size_t>();
    if (one.label >= one.probabilities.size()) throw track.at("label").wrong("the index of a probability");
  }
  return smoother;
}

}  // namespace fer::vision
