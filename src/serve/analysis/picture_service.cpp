#include "serve/analysis/picture_service.hpp"

#include <algorithm>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/processors.hpp"
#include "fer/image/preprocess.hpp"
#include "fer/vision/box.hpp"
#include "fer/vision/light.hpp"

namespace fer::serve {
namespace {

constexpr std::size_t kMostTogether = 32;  ///< pictures that are classified together
constexpr std::chrono::milliseconds kNoPatience(0);
constexpr std::chrono::milliseconds kPatience(2);

/// Of those who are followed another picture comes soon, and of a camera's frame a face is no small part: YuNet looks
/// for them on half the size, in a quarter of the time. Haar loses faces of a sixth of the width there.
double followedSide(const std::string& detector) {
  constexpr double kHalf = 0.5;
  return detector == "yunet" ? kHalf : 1;
}

/// The faces as tracks: those of the client, or new ones that nobody follows.
std::vector<vision::Track> tracksOf(const std::vector<vision::Face>& faces, FollowedFaces* followed) {
  if (followed != nullptr) {
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - followed->start;
    return followed->tracker.update(time.count(), faces);
  }
  std::vector<vision::Track> tracks;
  tracks.reserve(faces.size());
  for (const vision::Face& face : faces)
    tracks.push_back({static_cast<int>(tracks.size()) + 1, cv::Rect2f(face.box), face.score});
  return tracks;
}

}  // namespace

PictureService::PictureService(const std::filesystem::path& model, const Options& options)
    : model_(engine::openModel(model, options.engine)),
      options_(options),
      jobs_(options.waiting),
      looked_at_(kMostTogether) {
  const int threads = options.threads > 0 ? options.threads : usableProcessors();
  lookers_.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) lookers_.emplace_back(options.detector);
  for (Looker& looker : lookers_) threads_.emplace_back([this, &looker] { look(looker); });
  threads_.emplace_back([this] { classify(); });
}

PictureService::~PictureService() {
  end();
}

void PictureService::end() {
  jobs_.close();
  looked_at_.close();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

bool PictureService::submit(std::string bytes, std::shared_ptr<FollowedFaces> followed, Done done) {
  if (++waiting_ > options_.waiting) {
    --waiting_;
    return false;
  }
  Job job;
  job.bytes = std::move(bytes);
  job.followed = std::move(followed);
  job.done = std::move(done);
  jobs_.put(std::move(job));
  return true;
}

void PictureService::look(Looker& looker) {
  while (!jobs_.isOver())
    for (Job& job : jobs_.take(1, kNoPatience)) {
      try {
        lookAt(looker, job);
      } catch (const Error& error) {
        job.outcome.fault = error.what();
      } catch (const std::bad_alloc&) {
        job.outcome.fault = "the picture needs more memory than there is";
      }
      looked_at_.put(std::move(job));
    }
}

void PictureService::lookAt(Looker& looker, Job& job) const {
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(job.bytes.data()), job.bytes.size());
  const cv::Mat picture = image::decode(bytes, "the picture", options_.limits);
  std::string().swap(job.bytes);
  const std::vector<vision::Face> faces = looker.look(picture, job.followed ? followedSide(looker.name()) : 1);
  FrameResult& result = job.outcome.result;
  result.size = picture.size();
  result.wall_time = std::chrono::system_clock::now();
  const std::vector<vision::Track> tracks = tracksOf(faces, job.followed.get());
  if (job.followed) job.kept = job.followed->tracker.kept();
  for (const vision::Track& track : tracks) {
    const std::optional<cv::Rect> box = vision::onPicture(track.box, picture.size());
    if (!box) continue;
    FaceResult face;
    face.track = track.id;
    face.box = *box;
    face.score = track.score;
    const vision::Light light = vision::lightOf(picture(*box));
    face.dark = light.low_light;
    face.blurred = light.blurred;
    job.crops.push_back(image::preprocess(model_.description.preprocess, picture, *box));
    job.outcome.landmarks.push_back(job.followed ? std::nullopt : faces[result.faces.size()].landmarks);
    result.faces.push_back(std::move(face));
  }
}

void PictureService::classify() {
  while (!looked_at_.isOver()) {
    std::vector<Job> jobs = looked_at_.take(kMostTogether, kPatience);
    std::vector<std::uint8_t> bytes;
    for (const Job& job : jobs)
      for (const auto& crop : job.crops) bytes.insert(bytes.end(), crop.begin(), crop.end());
    const std::vector<float> all = bytes.empty() ? std::vector<float>() : model_.predictor->probabilities(bytes);
    const float* next = all.data();
    for (Job& job : jobs) {
      finish(job, next);
      next += job.crops.size() * model_.predictor->classes().size();
      --waiting_;
      job.done(std::move(job.outcome));
    }
  }
}

void PictureService::finish(Job& job, const float* probabilities) const {
  const std::size_t classes = model_.predictor->classes().size();
  for (FaceResult& face : job.outcome.result.faces) {
    face.probabilities.assign(probabilities, probabilities + classes);
    probabilities += classes;
    if (!job.followed) continue;
    job.followed->smoothed.insert(face.track);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - job.followed->start;
    vision::Smoothed smoothed = job.followed->smoother.update(face.track, time.count(), face.probabilities);
    face.smoothed = std::move(smoothed.probabilities);
    face.label = static_cast<int>(smoothed.label);
  }
  if (!job.followed) return;
  std::erase_if(job.followed->smoothed, [&](int track) {
    if (std::binary_search(job.kept.begin(), job.kept.end(), track)) return false;
    job.followed->smoother.forget(track);
    return true;
  });
}

}  // namespace fer::serve
