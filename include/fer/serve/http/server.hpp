#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "fer/engine/engine.hpp"
#include "fer/vision/detector.hpp"

namespace fer::serve {

struct ServerLimits {
  std::size_t image_bytes = std::size_t{10} << 20;
  std::size_t image_pixels = 25'000'000;
  std::size_t live_bytes = std::size_t{1} << 20;  ///< of one frame of a live session
  std::size_t video_bytes = std::size_t{256} << 20;
  std::size_t connections = 1100;   ///< at a time; more are told to come again
  std::size_t live_sessions = 256;  ///< at a time
  double requests_per_second = 50;  ///< of one address, with bursts of twice as many; 0: any
};

struct ServerOptions {
  std::filesystem::path model;
  engine::EngineOptions engine;
  vision::DetectorOptions detector;
  int threads = 0;  ///< that look for faces; 0: as many as there are processors
  std::string address = "127.0.0.1";
  unsigned short port = 8080;         ///< 0: any that is free
  std::vector<std::string> hosts;     ///< names by which it may be called; its address and this machine's own are known
  std::string token;                  ///< that clients must give; empty: none
  std::filesystem::path certificate;  ///< PEM, with `key`: TLS; empty: none
  std::filesystem::path key;
  ServerLimits limits;
  std::filesystem::path live_command;          ///< fer-live, for videos and streams; empty: none
  std::map<std::string, std::string> streams;  ///< sources that may be started: file, address or "camera 0", by id
};

/// The web application: the page and its API (src/serve/page/openapi.json). One thread does all input and output, some
/// look at pictures; what is sent to it is neither stored nor logged, but for videos while they are worked on.
class Server {
 public:
  /// Listens from here on. Throws Error: usage for an address or options that cannot be; bad data for a model,
  /// detector, certificate or key; other where the port is taken.
  explicit Server(const ServerOptions& options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  unsigned short port() const;
  std::string url() const;  ///< "http://127.0.0.1:8080"

  /// Serves until `stop` says so (asked ten times a second), then takes nothing new, lets what is under way end for up
  /// to ten seconds, and returns.
  void run(const std::function<bool()>& stop);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace fer::serve
