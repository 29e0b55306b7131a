#include "fer/video/video_writer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "video/encoder.hpp"
#include "video/libav.hpp"
#include "video/sound.hpp"

namespace fer::video {
namespace {

/// The name of the container that a file's ending asks for, as FFmpeg calls it.
const char* containerOf(const std::filesystem::path& file) {
  const std::filesystem::path ending = file.extension();
  if (ending == ".mp4") return "mp4";
  if (ending == ".mov") return "mov";
  if (ending == ".mkv") return "matroska";
  throw usageError(file.string() + ": a video is written as .mp4, .mov or .mkv. Give it one of these endings.");
}

}  // namespace

void requireVideoName(const std::filesystem::path& file) {
  containerOf(file);
}

class VideoWriter::Output {
 public:
  Output(std::filesystem::path file, cv::Size size, const VideoWriterOptions& options)
      : place_(std::move(file)), size_(size) {
    const char* container = containerOf(place_.path());
    quietLibav();
    removeParts(place_.path());
    AVFormatContext* output = nullptr;
    if (avformat_alloc_output_context2(&output, nullptr, container, nullptr) < 0) throw std::bad_alloc();
    output_.reset(output);
    encoder_.emplace(*output, size, options.threads);
    if (!options.sound_of.empty()) sound_.emplace(options.sound_of, *output);
    openFile();
  }

  void write(const cv::Mat& picture, double time_s) {
    if (picture.size() != size_ || picture.type() != CV_8UC3) throw std::invalid_argument("a picture of another size");
    const auto ticks = static_cast<std::int64_t>(std::llround(time_s * Encoder::kTicks));
    guarded([&] {
      if (sound_) sound_->copyUntil(time_s);
      last_ticks_ = std::max(last_ticks_ + 1, ticks);
      encoder_->encode(picture, last_ticks_);
    });
  }

  void finish() {
    guarded([&] {
      encoder_->finish();
      if (sound_) sound_->copyUntil(std::numeric_limits<double>::infinity());
      check(av_write_trailer(output_.get()), "finish");
      check(avio_closep(&output_->pb), "finish");
    });
    place_.commit();
  }

  const std::string& soundFault() const {
    static const std::string kNone;
    return sound_ ? sound_->fault() : kNone;
  }

 private:
  struct Close {
    void operator()(AVFormatContext* output) const {
      avio_closep(&output->pb);
      avformat_free_context(output);
    }
  };

  void openFile() {
    const std::string url = "file:" + place_.part().string();
    output_->url = av_strdup(url.c_str());  // where +faststart reads the file again
    check(avio_open(&output_->pb, url.c_str(), AVIO_FLAG_WRITE), "write");
    AVDictionary* options = nullptr;
    av_dict_set(&options, "movflags", "+faststart", 0);  // a page plays it before it is there whole
    const int error = avformat_write_header(output_.get(), &options);
    av_dict_free(&options);
    check(error, "write");
  }

  void check(int result, const char* action) const {
    if (result < 0) throw ioError(place_.path(), action, -result);
  }

  /// Errors from below carry no path.
  template <class Work>
  void guarded(const Work& work) const {
    try {
      work();
    } catch (const Error& error) {
      const std::string text = error.what();
      const std::string path = place_.path().string();
      throw Error(error.fault(), text.starts_with(path) ? text : path + ": " + text);
    }
  }

  AtomicPlace place_;  ///< removed after output_ is closed
  cv::Size size_;
  std::unique_ptr<AVFormatContext, Close> output_;
  std::optional<Encoder> encoder_;
  std::optional<Sound> sound_;
  std::int64_t last_ticks_ = -1;
};

VideoWriter::VideoWriter(std::filesystem::path file, cv::Size size, const VideoWriterOptions& options)
    : output_(std::make_unique<Output>(std::move(file), size, options)) {}
VideoWriter::~VideoWriter() = default;

void VideoWriter::write(const cv::Mat& picture, double time_s) {
  output_->write(picture, time_s);
}
void VideoWriter::finish() {
  output_->finish();
}
const std::string& VideoWriter::soundFault() const {
  return output_->soundFault();
}

}  // namespace fer::video
