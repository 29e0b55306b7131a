#include "fer_live_options.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "command.hpp"
#include "fer/core/error.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/video/frame_source.hpp"
#include "model_options.hpp"

namespace fer::tools {
namespace {

constexpr double kMostPerSecond = 1000;
constexpr double kMostSeconds = 1e9;

void addOutputOptions(cxxopts::Options& options) {
  const auto file = [] { return cxxopts::value<std::string>(); };
  options.add_options()("csv", "a row for each face of each frame", file(), "FILE")(
      "jsonl", "an object for each frame, as it comes; - is the standard output", file(), "FILE")(
      "summary", "CSV, a row for each track: when it was seen and what it showed", file(), "FILE")(
      "timeline", "one HTML page: what each track showed, over time", file(), "FILE")(
      "aggregate", "CSV, counts of each minute and nothing of single faces; no other output then", file(), "FILE")(
      "out", "a video (.mp4, .mov, .mkv) with what was found drawn in; of several sources: a folder", file(), "FILE");
  options.add_options()("window", "show it; a camera is shown without being asked")("no-window", "print instead");
  options.add_options()("resume", "go on with the rows in --csv where an analysis of files was stopped");
}

void addWorkOptions(cxxopts::Options& options) {
  const auto number = [](const std::string& initial) { return cxxopts::value<double>()->default_value(initial); };
  const auto whole = [](const char* initial) { return cxxopts::value<int>()->default_value(initial); };
  options.add_options()("detections", "times a second that faces are looked for in a source; 0: in every frame",
                        number("10"), "RATE")(
      "classifications", "times a second that a face is classified; 0: in every frame", number("10"), "RATE")(
      "detector-size", "frames with a longer side are shrunk to so many pixels to look for faces", whole("640"),
      "PIXELS");
  options.add_options()("smooth", "seconds after which 63 % of a change are through; 0: no smoothing",
                        number(shortest(vision::SmootherOptions{}.seconds)),
                        "SECONDS")("keep", "a track is kept so long after its face was last seen",
                                   number(shortest(vision::TrackerOptions{}.keep_seconds)), "SECONDS")(
      "timeout", "a network source that says nothing for so long has failed", number("10"), "SECONDS")(
      "seconds", "stop after so long; 0: at the end of the sources", number("0"), "SECONDS");
}

std::filesystem::path pathFrom(const cxxopts::ParseResult& arguments, const char* name) {
  return arguments.count(name) != 0 ? arguments[name].as<std::string>() : "";
}

void readSources(const cxxopts::ParseResult& arguments, app::LiveRequest& request) {
  if (arguments.count("sources") != 0) request.sources = arguments["sources"].as<std::vector<std::string>>();
  if (arguments.count("camera") != 0) request.cameras = arguments["camera"].as<std::vector<int>>();
  if (request.sources.empty() && request.cameras.empty() && arguments.count("bench") == 0)
    throw usageError("name video files or addresses, or --camera 0. Try --help.");
  std::set<std::string> names;
  for (const std::string& name : request.sources)
    if (!names.insert(video::shownName(name)).second) throw usageError(video::shownName(name) + " is named twice.");
  for (const int number : request.cameras)
    if (number < 0) throw usageError("--camera: expected a number from 0 up, found " + std::to_string(number));
}

void readOutputs(const cxxopts::ParseResult& arguments, app::LiveRequest& request) {
  request.csv = pathFrom(arguments, "csv");
  request.jsonl = pathFrom(arguments, "jsonl");
  request.summary = pathFrom(arguments, "summary");
  request.timeline = pathFrom(arguments, "timeline");
  request.aggregate = pathFrom(arguments, "aggregate");
  request.out = pathFrom(arguments, "out");
  request.resume = arguments.count("resume") != 0;
  request.window = arguments.count("window") != 0;
  if (!request.cameras.empty() && arguments.count("no-window") == 0 && request.jsonl != "-" &&
      request.aggregate.empty())
    request.window = request.window || app::hasDisplay();
}

void refuseConflicts(const cxxopts::ParseResult& arguments, const app::LiveRequest& request) {
  if (arguments.count("window") != 0 && arguments.count("no-window") != 0)
    throw usageError("--window and --no-window exclude each other.");
  for (const char* name : {"csv", "jsonl", "summary", "timeline", "out", "window"})
    if (!request.aggregate.empty() && arguments.count(name) != 0)
      throw usageError("--aggregate keeps nothing of single faces: without --" + std::string(name) + ".");
  if (!request.resume) return;
  if (request.csv.empty()) throw usageError("--resume goes on with the rows of --csv FILE: name it.");
  if (!request.cameras.empty() || std::any_of(request.sources.begin(), request.sources.end(), video::isAddress))
    throw usageError("--resume goes on with files; what a live source showed in the meantime is gone.");
  if (!request.out.empty() || (!request.jsonl.empty() && request.jsonl != "-"))
    throw usageError(
        "--resume goes on with --csv, --summary and --timeline; a video and JSON lines that were cut off "
        "cannot be gone on with: without --out and --jsonl FILE.");
}

}  // namespace

void addLiveOptions(cxxopts::Options& options) {
  options.add_options()("sources", "video files, and addresses of streams (rtsp://, http://)",
                        cxxopts::value<std::vector<std::string>>(), "SOURCE ...")(
      "camera", "a camera by its number; may be repeated", cxxopts::value<std::vector<int>>(), "N");
  addModelOption(options);
  addOutputOptions(options);
  addDetectorOptions(options);
  addWorkOptions(options);
  addEngineOptions(options);
  options.add_options()(
      "bench",
      "play SOURCE (else a drawn face) as so many live sources for --seconds (default: 60), and print "
      "what this machine carries",
      cxxopts::value<int>(), "N");
  options.parse_positional({"sources"});
  options.positional_help("SOURCE ...").show_positional_help();
}

app::LiveRequest readLiveRequest(const cxxopts::ParseResult& arguments) {
  constexpr int kLeastSide = 32;
  constexpr int kMostSide = 16384;
  app::LiveRequest request;
  readSources(arguments, request);
  readOutputs(arguments, request);
  refuseConflicts(arguments, request);
  request.model = modelFrom(arguments);
  request.engine = engineFrom(arguments);
  serve::PipelineOptions& pipeline = request.pipeline;
  pipeline.threads = request.engine.threads;
  pipeline.detector = detectorFrom(arguments);
  pipeline.detector.longest_side = wholeNumber(arguments, "detector-size", kLeastSide, kMostSide);
  pipeline.tracker.candidate_score = pipeline.detector.min_score.value_or(vision::kMinScore);
  pipeline.tracker.new_track_score = std::max(pipeline.tracker.new_track_score, pipeline.tracker.candidate_score);
  pipeline.tracker.keep_seconds = realNumber(arguments, "keep", 0, kMostSeconds);
  pipeline.smoother.seconds = realNumber(arguments, "smooth", 0, kMostSeconds);
  pipeline.detections_per_second = realNumber(arguments, "detections", 0, kMostPerSecond);
  pipeline.classifications_per_second = realNumber(arguments, "classifications", 0, kMostPerSecond);
  pipeline.timeout_s = realNumber(arguments, "timeout", 0.1, kMostSeconds);
  request.seconds = realNumber(arguments, "seconds", 0, kMostSeconds);
  return request;
}

}  // namespace fer::tools
