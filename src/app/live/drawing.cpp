#include "app/live/drawing.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <set>

#include "fer/core/error.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/image/marks.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

std::string labelOf(const serve::FaceResult& face, const std::vector<std::string>& classes) {
  constexpr double kPerCent = 100;
  const std::string who = "#" + std::to_string(face.track);
  if (face.label < 0) return who;
  const auto label = static_cast<std::size_t>(face.label);
  return who + " " + classes[label] + " " + fixed(kPerCent * face.smoothed[label], 0) + " %";
}

/// "cam1.annotated.mp4": letters that a file's name may have.
std::string fileNameOf(const std::string& source, bool is_file) {
  std::string name = is_file ? fs::path(source).stem().string() : source;
  std::replace_if(
      name.begin(), name.end(),
      [](char letter) { return std::string_view("/\\:?*\"<>| ").find(letter) != std::string_view::npos; }, '_');
  return name + ".annotated.mp4";
}

}  // namespace

cv::Mat drawn(const serve::AnalysedFrame& frame, const std::vector<std::string>& classes) {
  cv::Mat picture = (frame.picture.empty() ? frame.frame.picture() : frame.picture).clone();
  const image::Pen pen(picture.size());
  for (const serve::FaceResult& face : frame.result.faces)
    image::markBox(picture, pen, face.box, labelOf(face, classes));
  return picture;
}

DrawnVideos::DrawnVideos(const fs::path& out, const LiveRequest& request, const serve::ResultSource& source) {
  std::set<fs::path> given;
  if (source.sources.size() > 1) makeFolders(out);
  for (std::size_t i = 0; i < source.sources.size(); ++i) {
    Video video;
    const bool is_file = i < request.sources.size() && !video::isAddress(request.sources[i]);
    if (is_file) video.sound_of = request.sources[i];
    video.file = source.sources.size() == 1 ? out : out / fileNameOf(source.sources[i], is_file);
    video::requireVideoName(video.file);
    if (!given.insert(video.file).second)
      throw usageError(video.file.string() + ": two sources would be written there. Give them names of their own.");
    std::error_code failed;
    if (is_file && fs::equivalent(video.file, request.sources[i], failed))
      throw usageError(video.file.string() + ": is the source itself. Name another file.");
    videos_.push_back(std::move(video));
  }
}

void DrawnVideos::write(std::size_t source, const cv::Mat& picture, double time_s) {
  Video& video = videos_[source];
  if (!video.writer) {
    video.size = picture.size();
    video.writer = std::make_unique<video::VideoWriter>(video.file, picture.size(),
                                                        video::VideoWriterOptions{.sound_of = video.sound_of});
  }
  if (picture.size() == video.size) return video.writer->write(picture, time_s);
  cv::Mat resized;  // a stream whose pictures changed their size
  cv::resize(picture, resized, video.size, 0, 0, cv::INTER_AREA);
  video.writer->write(resized, time_s);
}

std::vector<std::string> DrawnVideos::finish() {
  std::vector<std::string> notes;
  for (Video& video : videos_) {
    if (!video.writer) continue;
    video.writer->finish();
    if (const std::string& fault = video.writer->soundFault(); !fault.empty())
      notes.push_back(video.file.string() + ": without the sound of " + video.sound_of + ": " + fault);
  }
  return notes;
}

}  // namespace fer::app
