#include "serve/http/live_streams.hpp"

#include <utility>

#include "serve/http/live_terms.hpp"

namespace fer::serve {
namespace {

using StreamJson = nlohmann::ordered_json;

}  // namespace

LiveStreams::LiveStreams(const std::map<std::string, std::string>& sources, std::filesystem::path live_command,
                         std::filesystem::path model)
    : live_command_(std::move(live_command)), model_(std::move(model)) {
  for (const auto& [id, source] : sources) streams_[id].source = source;
}

LiveStreams::~LiveStreams() {
  for (const auto& [id, stream] : streams_) stop(id);
}

bool LiveStreams::start(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = streams_.find(id);
  if (found == streams_.end()) return false;
  Stream& stream = found->second;
  if (stream.process) return true;
  constexpr std::string_view kCamera = "camera ";
  std::vector<std::string> arguments{live_command_.string(), "--model", model_.string(), "--no-window", "--jsonl", "-"};
  if (stream.source.starts_with(kCamera))
    arguments.insert(arguments.end(), {"--camera", stream.source.substr(kCamera.size())});
  else
    arguments.push_back(stream.source);
  stream.state = "starting";
  stream.message.clear();
  stream.frame = StreamJson();
  stream.process = std::make_unique<ChildProcess>(
      arguments, liveTerms(), [this, &stream](const std::string& line) { takeRow(stream, line); },
      [this, &stream](const std::string& line) { takeWords(stream, line); });
  return true;
}

bool LiveStreams::stop(const std::string& id) {
  std::unique_ptr<ChildProcess> process;
  {
    const std::lock_guard lock(mutex_);
    const auto found = streams_.find(id);
    if (found == streams_.end()) return false;
    process = std::move(found->second.process);
  }
  process.reset();  // its lines are taken under the lock: not while it is held
  const std::lock_guard lock(mutex_);
  streams_[id].state = "stopped";
  streams_[id].message.clear();
  streams_[id].frame = StreamJson();
  return true;
}

void LiveStreams::takeRow(Stream& stream, const std::string& line) {
  StreamJson row = StreamJson::parse(line, nullptr, false);
  if (!row.is_object()) return;
  const std::lock_guard lock(mutex_);
  stream.state = "live";
  stream.message.clear();
  stream.frame = std::move(row);
}

void LiveStreams::takeWords(Stream& stream, const std::string& line) {
  constexpr std::string_view kName = "fer-live: ";
  if (!line.starts_with(kName)) return;
  const std::string words = line.substr(kName.size());
  const std::lock_guard lock(mutex_);
  for (const char* state : {"down", "stalled", "failed"})
    if (words.starts_with(std::string(state) + ": ")) {
      stream.state = std::string(state) == "failed" ? "down" : state;
      stream.message = "The source cannot be read at the moment.";  // its address is nobody's business
    }
}

StreamJson LiveStreams::status() const {
  const std::lock_guard lock(mutex_);
  StreamJson all = StreamJson::array();
  for (const auto& [id, stream] : streams_) {
    StreamJson one{{"id", id}, {"state", stream.state}, {"message", stream.message}, {"faces", StreamJson::array()}};
    if (stream.frame.is_object())
      for (const char* key : {"frame", "time_s", "width", "height", "faces"})
        if (stream.frame.contains(key)) one[key] = stream.frame[key];
    all.push_back(std::move(one));
  }
  return {{"streams", all}};
}

}  // namespace fer::serve
