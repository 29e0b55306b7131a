#include "serve/http/metrics.hpp"

#include <algorithm>

#include "fer/core/text/numbers.hpp"

namespace fer::serve {
namespace {

std::string head(const std::string& name, const char* type, const char* help) {
  return "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

const char* helpOf(const std::string& name) {
  static const std::map<std::string, const char*> kHelp{
      {"fer_request_seconds", "Time from a request's last byte to its answer."},
      {"fer_live_frame_age_seconds", "Time from a live frame's arrival to its result."},
      {"fer_faces_total", "Faces classified."},
      {"fer_pictures_total", "Pictures looked at, live frames among them."},
      {"fer_live_frames_dropped_total", "Live frames that a newer one replaced or that found no room."},
      {"fer_connections", "Connections that are open."},
      {"fer_live_sessions", "Live sessions that are open."},
      {"fer_pictures_waiting", "Pictures taken and not done."},
      {"fer_video_jobs", "Videos that wait or are worked on."},
  };
  const auto found = kHelp.find(name);
  return found == kHelp.end() ? name.c_str() : found->second;
}

}  // namespace

void Metrics::countRequest(const std::string& route, int status) {
  const std::lock_guard lock(mutex_);
  ++requests_[{route, status}];
}

void Metrics::addLatency(const std::string& what, double seconds) {
  const std::lock_guard lock(mutex_);
  Histogram& histogram = histograms_[what];
  const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), seconds);
  if (bound != kBounds.end()) ++histogram.counts.at(static_cast<std::size_t>(bound - kBounds.begin()));
  ++histogram.total;
  histogram.sum += seconds;
}

void Metrics::add(const std::string& counter, double count) {
  const std::lock_guard lock(mutex_);
  counters_[counter] += count;
}

void Metrics::set(const std::string& gauge, double value) {
  const std::lock_guard lock(mutex_);
  gauges_[gauge] = value;
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  std::string text = head("fer_requests_total", "counter", "Requests answered, by route and status.");
  for (const auto& [key, count] : requests_)
    text += "fer_requests_total{route=\"" + key.first + "\",status=\"" + std::to_string(key.second) + "\"} " +
            std::to_string(count) + "\n";
  for (const auto& [name, histogram] : histograms_) {
    text += head(name, "histogram", helpOf(name));
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
      so_far += histogram.counts.at(i);
      text += name + "_bucket{le=\"" + shortest(kBounds.at(i)) + "\"} " + std::to_string(so_far) + "\n";
    }
    text += name + "_bucket{le=\"+Inf\"} " + std::to_string(histogram.total) + "\n" + name + "_sum " +
            shortest(histogram.sum) + "\n" + name + "_count " + std::to_string(histogram.total) + "\n";
  }
  for (const auto& [name, value] : counters_)
    text += head(name, "counter", helpOf(name)) + name + " " + plain(value) + "\n";
  for (const auto& [name, value] : gauges_)
    text += head(name, "gauge", helpOf(name)) + name + " " + plain(value) + "\n";
  return text;
}

}  // namespace fer::serve
