#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>

#include "fer/core/child_process.hpp"
#include "fer/core/files/temporary_folder.hpp"
#include "serve/http/multipart.hpp"

namespace fer::serve {

/// A video on its way in, straight into a file.
class VideoUpload {
 public:
  /// Of a multipart body the field "video" is taken. Throws Error where the file cannot be made.
  VideoUpload(std::filesystem::path file, const std::string& content_type);
  ~VideoUpload();  ///< removes the file unless it was finished
  VideoUpload(const VideoUpload&) = delete;
  VideoUpload& operator=(const VideoUpload&) = delete;

  void feed(std::string_view bytes);  ///< throws Error: bad data for a broken form, other for a full disk
  std::filesystem::path finish();

 private:
  std::filesystem::path file_;
  std::ofstream out_;
  std::optional<MultipartReader> form_;
  bool is_finished_ = false;
};

/// Videos that clients sent, worked on one after the other by fer-live. What belongs to one is removed an hour after
/// its end, when its client says so, and when the server ends. Any thread.
class VideoJobs {
 public:
  VideoJobs(std::filesystem::path live_command, std::filesystem::path model);
  ~VideoJobs();
  VideoJobs(const VideoJobs&) = delete;
  VideoJobs& operator=(const VideoJobs&) = delete;

  bool isAvailable() const { return !live_command_.empty(); }

  /// Room for one more; nothing where too many wait.
  std::unique_ptr<VideoUpload> begin(const std::string& content_type);

  /// Takes a finished upload; its id, which cannot be guessed.
  std::string submit(std::filesystem::path file);

  std::optional<nlohmann::ordered_json> status(const std::string& id) const;  ///< nothing for an unknown id

  /// "rows.csv" or "timeline.html" of a job that is done.
  std::optional<std::filesystem::path> file(const std::string& id, const std::string& name) const;

  bool remove(const std::string& id);  ///< stops it where it runs; false for an unknown id
  std::size_t unfinished() const;

 private:
  enum class JobState { kQueued, kRunning, kDone, kFailed, kCancelled };
  struct Job {
    JobState state = JobState::kQueued;
    std::filesystem::path folder;
    std::filesystem::path video;
    std::optional<double> progress;  ///< 0..1, as fer-live says it now and then
    std::int64_t frames = 0;
    std::string error;
    std::chrono::steady_clock::time_point ended;
  };

  void work();
  void workOn(const std::string& id);
  void finish(const std::string& id, int code);
  void sweep();

  std::filesystem::path live_command_;
  std::filesystem::path model_;
  std::optional<TemporaryFolder> folder_;  ///< where videos are taken
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Job> jobs_;
  std::deque<std::string> queue_;
  ChildProcess* running_ = nullptr;  ///< guarded by mutex_
  std::string running_id_;
  std::atomic<std::size_t> uploads_ = 0;
  bool is_over_ = false;
  std::thread worker_;
};

}  // namespace fer::serve
