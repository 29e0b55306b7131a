#include "fer/core/progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <utility>

#include "fer/core/text/numbers.hpp"

namespace fer {
namespace {

std::string bar(double share) {
  constexpr int kWidth = 24;
  const int filled = static_cast<int>(std::lround(share * kWidth));
  return "[" + std::string(static_cast<std::size_t>(filled), '=') +
         std::string(static_cast<std::size_t>(kWidth - filled), ' ') + "]";
}

}  // namespace

std::string durationText(double seconds) {
  const long whole = std::lround(std::max(0.0, seconds));
  char text[64];
  if (whole >= 3600)
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  else
    std::snprintf(text, sizeof text, "%ld:%02ld", whole / 60, whole % 60);
  return text;
}

Progress::Progress(std::ostream& out, bool terminal, std::string label, std::size_t total, std::size_t done)
    : out_(out),
      terminal_(terminal),
      label_(std::move(label)),
      total_(total),
      earlier_(done),
      start_(Clock::now()),
      shown_(start_) {}

void Progress::update(std::size_t done, const std::string& text) {
  const auto now = Clock::now();
  const auto pause = terminal_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(30000);
  if (now - shown_ < pause || done <= earlier_) return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done - earlier_) / seconds;
  const double share = total_ == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(total_);
  std::string share_text = fixed(share * 100, 0) + "%  ";
  if (share_text.size() < 6) share_text.insert(0, 6 - share_text.size(), ' ');  // of three digits
  const std::string numbers = share_text + fixed(rate, 1) + " img/s  " + text + (text.empty() ? "" : "  ") + "ETA " +
                              durationText(static_cast<double>(total_ - std::min(done, total_)) / rate);
  if (terminal_)
    out_ << "\r" << label_ << " " << bar(share) << " " << numbers << "\x1b[K" << std::flush;
  else
    out_ << label_ << " " << numbers << "\n" << std::flush;
}

void Progress::finish() {
  if (terminal_) out_ << "\r\x1b[K" << std::flush;
}

}  // namespace fer
