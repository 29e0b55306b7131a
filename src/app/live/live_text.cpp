#include "app/live/live_text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <ostream>

#include "fer/core/text/numbers.hpp"

namespace fer::app {

LiveText::LiveText(std::ostream& out, std::ostream& err, const serve::ResultSource& source, bool lines)
    : out_(out), err_(err), source_(source), lines_(lines), next_line_(source.sources.size(), 0) {}

void LiveText::expect(std::size_t frames, std::size_t done, bool terminal) {
  frames_ = done;
  if (frames > 0) progress_.emplace(err_, terminal, "", frames, done);
}

void LiveText::take(const serve::FrameResult& result) {
  ++frames_;
  if (progress_) progress_->update(frames_, "");
  double& next = next_line_[result.source];
  if (!lines_ || result.time_s < next) return;
  next = std::floor(result.time_s) + 1;
  std::string line = durationText(result.time_s) + "  ";
  if (source_.sources.size() > 1) line += source_.sources[result.source] + "  ";
  out_ << line << facesText(result) << std::endl;
}

std::string LiveText::facesText(const serve::FrameResult& result) const {
  constexpr double kPerCent = 100;
  if (result.faces.empty()) return "no face";
  std::string text;
  for (const serve::FaceResult& face : result.faces) {
    if (!text.empty()) text += "   ";
    text += "#" + std::to_string(face.track);
    if (face.label < 0) continue;
    const auto label = static_cast<std::size_t>(face.label);
    text += " " + source_.classes[label] + " " + fixed(kPerCent * face.smoothed[label], 0) + " %";
    if (face.dark) text += " (dark)";
    if (face.blurred) text += " (blurred)";
  }
  return text;
}

void LiveText::changed(std::size_t source, serve::StreamState state, const std::string& why) {
  const bool is_expected = state == serve::StreamState::kConnecting || state == serve::StreamState::kEnded ||
                           (state == serve::StreamState::kLive && progress_);
  if (is_expected) return;
  say(why.empty() ? source_.sources[source] + ": " + nameOf(state)
                  : nameOf(state) + ": " +
                        (why.starts_with(source_.sources[source]) ? why : source_.sources[source] + ": " + why));
}

void LiveText::say(const std::string& message) {
  if (progress_) progress_->finish();
  err_ << "fer-live: " << message << std::endl;
}

void LiveText::summary(const std::vector<serve::StreamCounts>& counts, double seconds) {
  if (progress_) progress_->finish();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const serve::StreamCounts& count = counts[i];
    err_ << source_.sources[i] << ": " << nameOf(count.state) << ", " << count.analysed << " frames in "
         << fixed(seconds, 1) << " s (" << fixed(static_cast<double>(count.analysed) / std::max(seconds, 1e-3), 0)
         << " a second), " << count.detections << " looked at for faces, " << count.classified << " faces classified";
    if (count.replaced > 0) err_ << ", " << count.replaced << " of " << count.captured << " frames left out";
    if (count.damaged > 0) err_ << ", " << count.damaged << " packets could not be decoded";
    if (count.failures > 0) err_ << ", failed " << count.failures << " times";
    err_ << "\n";
  }
  err_.flush();
}

}  // namespace fer::app
