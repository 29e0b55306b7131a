#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <opencv2/imgproc.hpp>

#include "fer/app/live.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/temporary_folder.hpp"
#include "fer/core/interrupt.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/data/labels.hpp"
#include "fer/data/synth/synth.hpp"
#include "fer/video/video_writer.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kFps = 25;
constexpr double kUsualSeconds = 60;

/// Eight seconds of 640 x 480 in which a drawn face goes round.
void drawClip(const fs::path& file) {
  constexpr int kSide = 160;
  constexpr int kFrames = 8 * kFps;
  constexpr int kGround = 96;
  const cv::Size size(640, 480);
  const cv::Point2d middle((size.width - kSide) / 2.0, (size.height - kSide) / 2.0);
  const data::Dataset faces = data::synthesise({1, 1, {}, data::fer2013Classes()});
  cv::Mat face(faces.shape().height, faces.shape().width, CV_8UC1);
  std::copy(faces.pixels(0).begin(), faces.pixels(0).end(), face.ptr());
  cv::resize(face, face, {kSide, kSide}, 0, 0, cv::INTER_CUBIC);
  cv::cvtColor(face, face, cv::COLOR_GRAY2BGR);
  video::VideoWriter writer(file, size, {});
  for (int i = 0; i < kFrames; ++i) {
    const double angle = 2 * CV_PI * i / kFrames;
    const cv::Point corner(static_cast<int>(middle.x * (1 + std::cos(angle) / 2)),
                           static_cast<int>(middle.y * (1 + std::sin(angle) / 2)));
    cv::Mat picture(size, CV_8UC3, cv::Scalar::all(kGround));
    face.copyTo(picture(cv::Rect(corner, face.size())));
    writer.write(picture, static_cast<double>(i) / kFps);
  }
  writer.finish();
}

/// Seconds that processors worked for this process.
double processorSeconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  constexpr double kMicro = 1e-6;
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + kMicro * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double mostMegabytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  constexpr double kKilo = 1024;
  return static_cast<double>(usage.ru_maxrss) / kKilo;
}

void print(const std::vector<serve::StreamCounts>& counts, double seconds, double processors) {
  serve::StreamCounts all;
  for (const serve::StreamCounts& count : counts) {
    all.captured += count.captured;
    all.replaced += count.replaced;
    all.analysed += count.analysed;
    all.detections += count.detections;
    all.classified += count.classified;
    all.latency_p50_s = std::max(all.latency_p50_s, count.latency_p50_s);
    all.latency_p95_s = std::max(all.latency_p95_s, count.latency_p95_s);
  }
  constexpr double kPerCent = 100;
  constexpr double kMilli = 1000;
  const auto streams = static_cast<double>(counts.size());
  const auto perStream = [&](std::int64_t count) { return fixed(static_cast<double>(count) / seconds / streams, 1); };
  const double left_out = all.captured > 0 ? static_cast<double>(all.replaced) / static_cast<double>(all.captured) : 0;
  std::cout
      << "| streams | frames a second, each | faces looked for | faces classified | latency p50, p95 of the worst "
         "(ms) | left out | cores busy | memory (MB) |\n"
         "|---|---|---|---|---|---|---|---|\n"
      << "| " << counts.size() << " | " << perStream(all.analysed) << " | " << perStream(all.detections) << " | "
      << perStream(all.classified) << " | " << fixed(kMilli * all.latency_p50_s, 0) << ", "
      << fixed(kMilli * all.latency_p95_s, 0) << " | " << fixed(kPerCent * left_out, 1) << " % | "
      << fixed(processors / seconds, 2) << " | " << fixed(mostMegabytes(), 0) << " |" << std::endl;
}

}  // namespace

int liveBench(const LiveRequest& request, int streams) {
  if (request.sources.size() > 1 || !request.cameras.empty())
    throw usageError("--bench plays one video file again and again: name one, or none.");
  watchInterrupts();
  const TemporaryFolder folder("fer-live");
  std::string file = request.sources.empty() ? (folder.path() / "drawn.mp4").string() : request.sources.front();
  if (request.sources.empty()) drawClip(file);
  std::vector<serve::StreamSource> sources;
  sources.reserve(static_cast<std::size_t>(streams));
  for (int i = 0; i < streams; ++i) sources.push_back(serve::playedAgain(file, "stream " + std::to_string(i + 1)));
  serve::Pipeline pipeline(sources, request.model, request.engine, request.pipeline);
  std::cerr << "fer-live: " << streams << " streams of " << file << ", " << pipeline.detector() << " at "
            << request.pipeline.detector.longest_side << " pixels, " << pipeline.model().engine << std::endl;
  const double seconds = request.seconds > 0 ? request.seconds : kUsualSeconds;
  const Clock::time_point start = Clock::now();
  const double worked = processorSeconds();
  const auto passed = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  serve::Pipeline::Listener listener;
  listener.take = [](serve::AnalysedFrame&&) {};
  listener.said = [](const std::string& message) { std::cerr << "fer-live: " << message << std::endl; };
  listener.changed = [&](std::size_t source, serve::StreamState state, const std::string& why) {
    if (state == serve::StreamState::kDown)
      std::cerr << "fer-live: " << sources[source].name << ": " << why << std::endl;
  };
  pipeline.run(listener, [&] { return interruptSignal() != 0 || passed() > seconds; });
  print(pipeline.counts(), passed(), processorSeconds() - worked);
  return 0;
}

}  // namespace fer::app
