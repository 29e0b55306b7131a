#include "serve/http/api.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cmath>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/metrics/intervals/interval.hpp"
#include "fer/report/legal.hpp"
#include "serve/http/face_json.hpp"
#include "serve/http/multipart.hpp"
#include "serve/page/page_files.hpp"
#include "serve/rows/face_pieces.hpp"

namespace fer::serve {
namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

const std::string kVideos = "/v1/video/";
const std::string kStreams = "/v1/streams/";
constexpr int kSoon = 1;  ///< seconds

Response json(const Json& value, int status = 200) {
  return {status, "application/json", textOf(value) + "\n"};
}

Response wrongMethod(const char* allowed) {
  Response response = problem(405, std::string("This path takes ") + allowed + ".");
  response.headers.emplace_back("Allow", allowed);
  return response;
}

/// The accuracy of the best known test; null where the model carries none.
Json accuracyOf(const weights::ModelDescription& description) {
  const auto& scores = description.scores;
  const auto test = std::find_if(scores.begin(), scores.end(), [](const auto& score) { return score.split == "test"; });
  if (test == scores.end() || test->rows <= 0) return nullptr;
  const auto right = static_cast<std::int64_t>(std::llround(test->accuracy * static_cast<double>(test->rows)));
  const metrics::Interval interval = metrics::wilson(right, test->rows);
  return {{"value", test->accuracy},
          {"low", interval.low},
          {"high", interval.high},
          {"images", test->rows},
          {"on", "the test split of the data it was trained on (" + test->protocol + ")"}};
}

/// The body, or the picture in its form. Throws Error (bad data) where the form is broken.
std::string pictureOf(Request request) {
  const auto boundary = multipartBoundary(request.type);
  if (!boundary) return std::move(request.body);
  std::string picture;
  MultipartReader form(*boundary, "image", [&](std::string_view bytes) { picture += bytes; });
  form.feed(request.body);
  form.end();
  return picture;
}

/// "the picture: is no JPEG ..." as a sentence.
std::string sentenceOf(std::string fault) {
  constexpr std::string_view kIs = "the picture: is ";
  if (fault.starts_with(kIs)) fault.replace(0, kIs.size(), "The picture is ");
  if (!fault.empty()) fault[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(fault[0])));
  return fault;
}

Json limitsOf(const ServerLimits& limits) {
  return {{"image_bytes", limits.image_bytes},
          {"image_pixels", limits.image_pixels},
          {"video_bytes", limits.video_bytes},
          {"live_bytes", limits.live_bytes}};
}

Json modelJson(const ServerOptions& options, const PictureService& pictures, bool video, bool streams) {
  const weights::ModelDescription& description = pictures.model().description;
  return {{"schema", 1},
          {"name", description.spec.name},
          {"engine", pictures.model().engine},
          {"detector", pictures.detector()},
          {"classes", description.spec.classes},
          {"input", {{"width", description.spec.input.width}, {"height", description.spec.input.height}}},
          {"accuracy", accuracyOf(description)},
          {"licence", "MIT"},
          {"notice", "A label says which of its classes a face looks like to the network, not what a person feels."},
          {"legal", report::kProhibition},
          {"limits", limitsOf(options.limits)},
          {"video", video},
          {"streams", streams},
          {"token", !options.token.empty()}};
}

}  // namespace

Api::Api(const ServerOptions& options)
    : options_(options),
      pictures_(options.model, {options.detector,
                                options.engine,
                                {options.limits.image_bytes, options.limits.image_pixels},
                                options.threads}),
      videos_(options.live_command, options.model),
      streams_(options.streams, options.live_command, options.model),
      about_model_(textOf(modelJson(options, pictures_, videos_.isAvailable(), streams_.isAvailable())) + "\n") {}

Api::Body Api::bodyOf(const std::string& method, const std::string& path) {
  if (method == "POST" && path == "/v1/analyze") return Body::kPicture;
  if (method == "POST" && path == "/v1/video") return Body::kVideo;
  return Body::kNone;
}

std::string Api::routeOf(const std::string& path) {
  for (const char* route : {"/v1/analyze", "/v1/live", "/v1/model", "/v1/streams", "/v1/video", "/healthz", "/readyz",
                            "/metrics", "/openapi.json", "/"})
    if (path == route) return route;
  if (path.starts_with(kVideos)) return "/v1/video/{id}";
  if (path.starts_with(kStreams)) return "/v1/streams/{id}";
  const auto files = pageFiles();
  const bool is_file = std::any_of(files.begin(), files.end(), [&](const PageFile& file) { return file.path == path; });
  return is_file ? "page" : "other";
}

void Api::handle(Request request, const Reply& reply) {
  const bool is_read = request.method == "GET" || request.method == "HEAD";
  if (request.path == "/v1/analyze") {
    if (request.method != "POST") return reply(wrongMethod("POST"));
    return analyze(std::move(request), reply);
  }
  if (request.path == "/v1/video") return reply(wrongMethod("POST"));  // that went to takeVideo
  if (request.path.starts_with(kVideos)) return reply(video(request));
  if (request.path.starts_with(kStreams)) return reply(stream(request));
  reply(is_read ? get(request) : wrongMethod("GET"));
}

Response Api::get(const Request& request) {
  const std::string& path = request.path;
  if (path == "/healthz") return json({{"status", "ok"}});
  if (path == "/readyz")
    return isReady() ? json({{"status", "ready"}}) : tryLater(503, "The server is starting or ending.", kSoon);
  if (path == "/metrics") return metricsText();
  if (path == "/v1/model") return {200, "application/json", about_model_};
  if (path == "/v1/streams") return json(streams_.status());
  if (path == "/v1/live") return problem(400, "This path is a WebSocket.");
  for (const PageFile& file : pageFiles()) {
    if (file.path != path && !(path == "/" && file.path == "/index.html")) continue;
    const std::string etag = "\"" + std::string(file.etag) + "\"";
    Response response{
        200, std::string(file.type), std::string(file.bytes), {{"ETag", etag}, {"Cache-Control", "no-cache"}}};
    if (request.known_etag == etag) {
      response.status = 304;
      response.body.clear();
    }
    return response;
  }
  return problem(404, "There is nothing here.");
}

void Api::analyze(Request request, const Reply& reply) {
  const Clock::time_point start = Clock::now();
  std::string picture;
  try {
    picture = pictureOf(std::move(request));
  } catch (const Error& error) {
    return reply(problem(400, error.what()));
  }
  if (picture.empty()) return reply(problem(400, "Send a picture as the body, or in a form's field \"image\"."));
  const bool is_taken =
      pictures_.submit(std::move(picture), nullptr, [this, start, reply](const PictureOutcome& outcome) {
        const std::chrono::duration<double> took = Clock::now() - start;
        if (!outcome.fault.empty()) return reply(problem(422, sentenceOf(outcome.fault)));
        metrics_.add("fer_pictures_total");
        metrics_.add("fer_faces_total", static_cast<double>(outcome.result.faces.size()));
        metrics_.addLatency("fer_request_seconds", took.count());
        constexpr double kMilli = 1000;
        constexpr double kDigits = 10;
        Json answer = pictureJson(outcome, pictures_.model().predictor->classes());
        answer["took_ms"] = std::round(took.count() * kMilli * kDigits) / kDigits;
        reply(json(answer));
      });
  if (!is_taken) reply(tryLater(503, "Too many pictures wait. Try again in a moment.", kSoon));
}

Response Api::takeVideo(VideoUpload& upload) {
  try {
    const std::string id = videos_.submit(upload.finish());
    return json(*videos_.status(id), 202);
  } catch (const Error& error) {
    return error.fault() == Fault::kData ? problem(400, error.what()) : problem(503, "The video cannot be kept here.");
  }
}

Response Api::video(const Request& request) {
  const std::string rest = request.path.substr(kVideos.size());
  const std::size_t slash = rest.find('/');
  const std::string id = rest.substr(0, slash);
  if (slash != std::string::npos) {
    if (request.method != "GET") return wrongMethod("GET");
    const std::string name = rest.substr(slash + 1);
    const auto file = videos_.file(id, name);
    if (!file) return problem(404, "There is no such file, or the video is not done.");
    Response response{200, "text/csv; charset=utf-8", readFile(*file, Fault::kOther)};
    if (name.ends_with(".html")) {
      response.type = "text/html; charset=utf-8";
      response.has_own_policy = true;
    }
    return response;
  }
  if (request.method == "DELETE")
    return videos_.remove(id) ? Response{204, "", ""} : problem(404, "There is no such video.");
  if (request.method != "GET") return wrongMethod("GET, DELETE");
  const auto status = videos_.status(id);
  return status ? json(*status) : problem(404, "There is no such video.");
}

Response Api::stream(const Request& request) {
  const std::string id = request.path.substr(kStreams.size());
  if (request.method != "PUT" && request.method != "DELETE") return wrongMethod("PUT, DELETE");
  if (options_.live_command.empty()) return problem(501, "fer-live is not installed here: streams cannot be read.");
  const bool is_known = request.method == "PUT" ? streams_.start(id) : streams_.stop(id);
  return is_known ? Response{204, "", ""} : problem(404, "There is no such stream.");
}

Response Api::metricsText() {
  metrics_.set("fer_pictures_waiting", static_cast<double>(pictures_.waiting()));
  metrics_.set("fer_video_jobs", static_cast<double>(videos_.unfinished()));
  return {200, "text/plain; version=0.0.4; charset=utf-8", metrics_.text()};
}

}  // namespace fer::serve
