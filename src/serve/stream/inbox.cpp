#include "serve/stream/inbox.hpp"

#include <algorithm>
#include <utility>

namespace fer::serve {
namespace {

constexpr std::size_t kMostWaiting = 8;  ///< frames of a file

}  // namespace

Inbox::Inbox(std::vector<Rate> first_detections, std::size_t under_way)
    : slots_(first_detections.size()), most_under_way_(under_way) {
  for (std::size_t source = 0; source < slots_.size(); ++source) slots_[source].detection = first_detections[source];
}

bool Inbox::put(std::size_t source, video::Frame frame, bool live) {
  std::unique_lock lock(mutex_);
  Slot& slot = slots_[source];
  if (!live) changed_.wait(lock, [&] { return closed_ || slot.frames.size() < kMostWaiting; });
  if (closed_) return false;
  const bool replaces = live && !slot.frames.empty();
  if (replaces) slot.frames.clear();
  slot.frames.push_back(std::move(frame));
  changed_.notify_all();
  return replaces;
}

void Inbox::end(std::size_t source) {
  const std::lock_guard lock(mutex_);
  slots_[source].ended = true;
  changed_.notify_all();
}

std::optional<Inbox::Ticket> Inbox::take(double detection_period_s) {
  std::unique_lock lock(mutex_);
  const auto ready = [&] {
    return std::any_of(slots_.begin(), slots_.end(), [&](const Slot& slot) { return canBeTaken(slot); });
  };
  changed_.wait(lock, [&] { return ready() || isOver(); });
  if (!ready()) return std::nullopt;
  while (!canBeTaken(slots_[turn_])) turn_ = (turn_ + 1) % slots_.size();
  Slot& slot = slots_[turn_];
  Ticket ticket{turn_, slot.tickets++, false, Rate(), std::move(slot.frames.front())};
  slot.frames.pop_front();
  ++slot.under_way;
  ticket.detect = slot.detection.take(ticket.frame.time_s, detection_period_s);
  ticket.next_detection = slot.detection;
  turn_ = (turn_ + 1) % slots_.size();
  changed_.notify_all();
  return ticket;
}

void Inbox::done(std::size_t source) {
  const std::lock_guard lock(mutex_);
  --slots_[source].under_way;
  changed_.notify_all();
}

void Inbox::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

bool Inbox::isOver() const {
  return std::all_of(slots_.begin(), slots_.end(),
                     [&](const Slot& slot) { return slot.frames.empty() && (slot.ended || closed_); });
}

}  // namespace fer::serve
