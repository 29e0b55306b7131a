#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "fer/serve/http/server.hpp"
#include "serve/analysis/picture_service.hpp"
#include "serve/http/live_streams.hpp"
#include "serve/http/metrics.hpp"
#include "serve/http/problem.hpp"
#include "serve/http/video_jobs.hpp"

namespace fer::serve {

/// What the server answers, without the network. Any thread.
class Api {
 public:
  explicit Api(const ServerOptions& options);

  /// Calls `reply` once, in this thread or another.
  using Reply = std::function<void(Response)>;
  void handle(Request request, const Reply& reply);

  /// What is answered to a request whose body was a video.
  Response takeVideo(VideoUpload& upload);

  /// What a request of this method and path may bring.
  enum class Body { kNone, kPicture, kVideo };
  static Body bodyOf(const std::string& method, const std::string& path);

  /// The name of a path in metrics: few, whatever clients ask for.
  static std::string routeOf(const std::string& path);

  PictureService& pictures() { return pictures_; }
  VideoJobs& videos() { return videos_; }
  Metrics& metrics() { return metrics_; }
  const ServerOptions& options() const { return options_; }

  void setReady(bool ready) { is_ready_ = ready; }
  bool isReady() const { return is_ready_; }

 private:
  Response get(const Request& request);
  void analyze(Request request, const Reply& reply);
  Response video(const Request& request);
  Response stream(const Request& request);
  Response metricsText();

  ServerOptions options_;
  Metrics metrics_;
  PictureService pictures_;
  VideoJobs videos_;
  LiveStreams streams_;
  std::string about_model_;
  std::atomic<bool> is_ready_ = false;
};

}  // namespace fer::serve
