#include "serve/http/video_jobs.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/files/folders.hpp"
#include "serve/http/live_terms.hpp"

namespace fer::serve {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostWaiting = 8;
constexpr std::chrono::hours kKept(1);

/// 128 random bits as 32 digits.
std::string newId() {
  std::array<unsigned char, 16> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw Error(Fault::kOther, "the system gives no random numbers");
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr unsigned kHalf = 4;
  constexpr unsigned kLow = 15;
  std::string id;
  for (const unsigned byte : bytes) {
    id += kDigits[byte >> kHalf];
    id += kDigits[byte & kLow];
  }
  return id;
}

void removeAll(const fs::path& path) {
  std::error_code ignored;
  if (!path.empty()) fs::remove_all(path, ignored);
}

}  // namespace

VideoUpload::VideoUpload(fs::path file, const std::string& content_type)
    : file_(std::move(file)), out_(file_, std::ios::binary) {
  if (!out_) throw ioError(file_, "write");
  if (const auto boundary = multipartBoundary(content_type))
    form_.emplace(*boundary, "video", [this](std::string_view bytes) {
      out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    });
}

VideoUpload::~VideoUpload() {
  if (!is_finished_) removeAll(file_.parent_path());
}

void VideoUpload::feed(std::string_view bytes) {
  if (form_)
    form_->feed(bytes);
  else
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out_) throw ioError(file_, "write");
}

fs::path VideoUpload::finish() {
  if (form_) form_->end();
  out_.close();
  if (!out_) throw ioError(file_, "write");
  is_finished_ = true;
  return file_;
}

VideoJobs::VideoJobs(fs::path live_command, fs::path model)
    : live_command_(std::move(live_command)), model_(std::move(model)) {
  if (!isAvailable()) return;
  folder_.emplace("fer-serve");
  worker_ = std::thread([this] { work(); });
}

VideoJobs::~VideoJobs() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
    if (running_ != nullptr) running_->kill();
    changed_.notify_all();
  }
  if (worker_.joinable()) worker_.join();
}

std::unique_ptr<VideoUpload> VideoJobs::begin(const std::string& content_type) {
  sweep();
  if (unfinished() >= kMostWaiting) return nullptr;
  const fs::path folder = folder_->path() / newId();
  makeFolders(folder);
  return std::make_unique<VideoUpload>(folder / "video", content_type);
}

std::string VideoJobs::submit(fs::path file) {
  const std::string id = newId();
  const std::lock_guard lock(mutex_);
  Job job;
  job.folder = file.parent_path();
  job.video = std::move(file);
  jobs_[id] = std::move(job);
  queue_.push_back(id);
  changed_.notify_all();
  return id;
}

std::optional<Json> VideoJobs::status(const std::string& id) const {
  constexpr std::array kNames{"queued", "running", "done", "failed", "cancelled"};
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) return std::nullopt;
  const Job& job = found->second;
  const std::string url = "/v1/video/" + id;
  const bool is_done = job.state == JobState::kDone;
  Json progress;
  if (is_done) progress = 1;
  if (job.state == JobState::kRunning && job.progress) progress = *job.progress;
  return Json{{"id", id},
              {"state", kNames.at(static_cast<std::size_t>(job.state))},
              {"progress", progress},
              {"frames", job.frames},
              {"error", job.error.empty() ? Json() : Json(job.error)},
              {"url", url},
              {"rows", url + "/rows.csv"},
              {"timeline", url + "/timeline.html"}};
}

std::optional<fs::path> VideoJobs::file(const std::string& id, const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  const bool is_known = name == "rows.csv" || name == "timeline.html";
  if (found == jobs_.end() || found->second.state != JobState::kDone || !is_known) return std::nullopt;
  return found->second.folder / name;
}

bool VideoJobs::remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) return false;
  if (running_id_ == id) {
    found->second.state = JobState::kCancelled;  // its worker removes it
    if (running_ != nullptr) running_->kill();
    return true;
  }
  std::erase(queue_, id);
  removeAll(found->second.folder);
  jobs_.erase(found);
  return true;
}

std::size_t VideoJobs::unfinished() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count_if(jobs_.begin(), jobs_.end(), [](const auto& entry) {
    return entry.second.state == JobState::kQueued || entry.second.state == JobState::kRunning;
  }));
}

void VideoJobs::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return is_over_ || !queue_.empty(); });
    if (is_over_) return;
    running_id_ = queue_.front();
    queue_.pop_front();
    jobs_[running_id_].state = JobState::kRunning;
    const std::string id = running_id_;
    lock.unlock();
    workOn(id);
    lock.lock();
    running_id_.clear();
    if (jobs_[id].state == JobState::kCancelled) {
      removeAll(jobs_[id].folder);
      jobs_.erase(id);
    }
  }
}

void VideoJobs::workOn(const std::string& id) {
  fs::path folder;
  {
    const std::lock_guard lock(mutex_);
    folder = jobs_[id].folder;
  }
  int code = -1;
  try {
    ChildProcess child(
        {live_command_.string(), (folder / "video").string(), "--model", model_.string(), "--csv",
         (folder / "rows.csv").string(), "--timeline", (folder / "timeline.html").string(), "--jsonl", "-"},
        liveTerms(),
        [&](const std::string& line) {
          if (!line.starts_with('{')) return;  // an object a frame
          const std::lock_guard lock(mutex_);
          ++jobs_[id].frames;
        },
        [&](const std::string& line) {
          if (line.find('%') == std::string::npos) return;  // " 41%  350.8 img/s  ETA 2:32"
          constexpr double kPerCent = 100;
          const std::lock_guard lock(mutex_);
          jobs_[id].progress = std::strtod(line.c_str(), nullptr) / kPerCent;
        });
    {
      const std::lock_guard lock(mutex_);
      running_ = &child;
      if (is_over_ || jobs_[id].state == JobState::kCancelled) child.kill();
    }
    code = child.wait();
    const std::lock_guard lock(mutex_);
    running_ = nullptr;
  } catch (const Error&) {
    code = -1;  // it could not be started
  }
  finish(id, code);
}

void VideoJobs::finish(const std::string& id, int code) {
  const std::lock_guard lock(mutex_);
  Job& job = jobs_[id];
  job.ended = std::chrono::steady_clock::now();
  removeAll(job.video);  // only what was found in it is kept
  if (job.state == JobState::kCancelled) return;
  job.state = code == 0 ? JobState::kDone : JobState::kFailed;
  constexpr int kBadData = 3;
  if (code == kBadData) job.error = "The file is no video, or it is damaged.";
  if (code != 0 && code != kBadData) job.error = "The analysis failed.";
}

void VideoJobs::sweep() {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(jobs_, [&](const auto& entry) {
    const Job& job = entry.second;
    const bool is_old = (job.state == JobState::kDone || job.state == JobState::kFailed) && now - job.ended > kKept;
    if (is_old) removeAll(job.folder);
    return is_old;
  });
}

}  // namespace fer::serve
