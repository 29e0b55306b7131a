#include "app/predict/recogniser.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "fer/data/csv/fer_csv.hpp"
#include "fer/image/planes.hpp"
#include "fer/image/preprocess.hpp"

namespace fer::app {

std::vector<std::size_t> mostProbable(const std::vector<float>& probabilities, std::size_t count) {
  std::vector<std::size_t> order(probabilities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return probabilities[a] > probabilities[b]; });
  order.resize(std::min(count, order.size()));
  return order;
}

Recogniser::Recogniser(const PredictRequest& request, bool detect)
    : model_(engine::openModel(request.model, request.engine)),
      detector_(detect ? vision::makeDetector(request.detector) : nullptr) {}

std::vector<RecognisedFace> Recogniser::facesOf(const cv::Mat& picture) {
  std::vector<RecognisedFace> faces;
  if (!detector_)
    faces.push_back(prepared(picture, std::nullopt));
  else
    for (const vision::Face& face : detector_->detect(picture)) faces.push_back(prepared(picture, face));
  return faces;
}

void Recogniser::eachRow(const std::filesystem::path& csv, const std::function<void(const Prediction&)>& take) {
  const data::CsvFormat format{{1, input().height, input().width}, classes(), false, false};
  const data::Dataset rows = data::readFerCsv(csv, format);
  for (std::size_t begin = 0; begin < rows.size(); begin += predict::kBatch) {
    const std::size_t end = std::min(begin + predict::kBatch, rows.size());
    std::vector<RecognisedFace> faces;
    faces.reserve(end - begin);
    for (std::size_t row = begin; row < end; ++row)
      faces.push_back(prepared(image::pictureOf(rows.pixels(row), format.shape), std::nullopt));
    std::vector<RecognisedFace*> all;
    all.reserve(faces.size());
    for (RecognisedFace& face : faces) all.push_back(&face);
    recognise(all);
    for (std::size_t row = begin; row < end; ++row)
      take({csv.string(), row, {input().width, input().height}, {std::move(faces[row - begin])}});
  }
}

RecognisedFace Recogniser::prepared(const cv::Mat& picture, const std::optional<vision::Face>& face) const {
  const auto box = face ? std::optional(face->box) : std::nullopt;
  return {face, image::preprocess(model_.description.preprocess, picture, box), {}};
}

void Recogniser::recognise(std::span<RecognisedFace* const> faces) {
  for (std::size_t begin = 0; begin < faces.size(); begin += predict::kBatch) {
    const auto batch = faces.subspan(begin, std::min(predict::kBatch, faces.size() - begin));
    std::vector<std::uint8_t> bytes;
    for (const RecognisedFace* face : batch) bytes.insert(bytes.end(), face->input.begin(), face->input.end());
    const std::vector<float> all = model_.predictor->probabilities(bytes);
    auto first = all.begin();
    for (RecognisedFace* face : batch) {
      const auto last = first + static_cast<std::ptrdiff_t>(classes().size());
      face->probabilities.assign(first, last);
      first = last;
    }
  }
}

}  // namespace fer::app
