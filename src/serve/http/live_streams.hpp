#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>

#include "fer/core/child_process.hpp"

namespace fer::serve {

/// The sources that an operator named, each read by a fer-live of its own while it is on. Any thread.
class LiveStreams {
 public:
  /// `sources`: file, address or "camera 0", by id.
  LiveStreams(const std::map<std::string, std::string>& sources, std::filesystem::path live_command,
              std::filesystem::path model);
  ~LiveStreams();
  LiveStreams(const LiveStreams&) = delete;
  LiveStreams& operator=(const LiveStreams&) = delete;

  bool isAvailable() const { return !live_command_.empty() && !streams_.empty(); }

  bool start(const std::string& id);  ///< false for an unknown id; nothing where it is on
  bool stop(const std::string& id);

  /// What each shows, and how it is.
  nlohmann::ordered_json status() const;

 private:
  struct Stream {
    std::string source;
    std::string state = "stopped";
    std::string message;           ///< why it is down
    nlohmann::ordered_json frame;  ///< the last line of its fer-live
    std::unique_ptr<ChildProcess> process;
  };

  void takeRow(Stream& stream, const std::string& line);
  void takeWords(Stream& stream, const std::string& line);

  std::filesystem::path live_command_;
  std::filesystem::path model_;
  mutable std::mutex mutex_;
  std::map<std::string, Stream> streams_;
};

}  // namespace fer::serve
