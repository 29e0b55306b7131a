#include "train/crowd_watch.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <utility>

namespace fer::train {
namespace {

constexpr double kSecondsLookedAt = 20;  ///< seconds looked at: a short disturbance is none
constexpr const char* kSleep =
    ", and so would the environment variable GOMP_SPINCOUNT=1000, with which threads that wait soon sleep";
constexpr double kNoticedThreads = 0.5;  ///< busy threads of others that are noticed

/// How many threads of others are busy, from how many of ours wait on average. Where processors are shared fairly, all
/// of threads + others - processors wait, and ours their share of it.
double othersBusy(double waiting, int threads, int processors) {
  const double held = std::min(waiting, threads - 0.5);  // at the least one runs now and then
  return threads * (held + processors - threads) / (threads - held);
}

std::string lineFor(double others, int processors, int better) {
  char text[256];
  std::snprintf(
      text, sizeof text,
      "other programs keep about %.1f of the %d processors busy, and each step of this training waits for its "
      "slowest thread: --threads %d would be faster (in a resume with --allow-inexact)",
      std::min<double>(others, processors), processors, better);
  const bool told_to_sleep = std::getenv("GOMP_SPINCOUNT") != nullptr || std::getenv("OMP_WAIT_POLICY") != nullptr;
  return std::string(text) + (told_to_sleep ? "" : kSleep);
}

}  // namespace

CrowdWatch::CrowdWatch(int threads, int processors, std::filesystem::path tasks)
    : threads_(threads), processors_(processors), tasks_(std::move(tasks)) {}

/// schedstat: nanoseconds on a processor, nanoseconds waited for one, turns.
CrowdWatch::Waits CrowdWatch::waits() const {
  Waits found;
  std::error_code failed;
  for (std::filesystem::directory_iterator entry(tasks_, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    std::ifstream file(entry->path() / "schedstat");
    double ran = 0;
    double waited = 0;
    if (file >> ran >> waited) found[entry->path().filename().string()] = waited / 1e9;
  }
  return found;
}

std::optional<std::string> CrowdWatch::look(double seconds) {
  if (said_ || threads_ < 2 || (begin_ && seconds - *begin_ < kSecondsLookedAt)) return std::nullopt;
  Waits now = waits();
  double waited = 0;
  for (const auto& [thread, wait] : now) {
    const auto earlier = before_.find(thread);
    waited += wait - (earlier == before_.end() ? 0 : earlier->second);
  }
  const std::optional<double> begin = std::exchange(begin_, seconds);
  before_ = std::move(now);
  if (!begin) return std::nullopt;
  const double others = othersBusy(waited / (seconds - *begin), threads_, processors_);
  const int better = std::max(1, processors_ - static_cast<int>(std::lround(others)));
  // The loader's thread is one too many, but busy for a small part of the time.
  if (others < kNoticedThreads || better >= threads_) return std::nullopt;
  said_ = true;
  return lineFor(others, processors_, better);
}

}  // namespace fer::train
