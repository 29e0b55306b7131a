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
  std::vector<std::uint8_t> bytes;
  if (!detector_) {
    add(picture, std::nullopt, bytes);
    faces.resize(1);
  } else {
    for (const vision::Face& face : detector_->detect(picture)) {
      add(picture, face.box, bytes);
      faces.push_back({face, {}});
    }
  }
  std::vector<std::vector<float>> probabilities = probabilitiesOf(bytes);
  for (std::size_t i = 0; i < faces.size(); ++i) faces[i].probabilities = std::move(probabilities[i]);
  return faces;
}

void Recogniser::eachRow(const std::filesystem::path& csv, const std::function<void(const Prediction&)>& take) {
  const ImageShape input = model_.predictor->inputShape();
  const data::CsvFormat format{{1, input.height, input.width}, classes(), false, false};
  const data::Dataset rows = data::readFerCsv(csv, format);
  for (std::size_t begin = 0; begin < rows.size(); begin += predict::kBatch) {
    const std::size_t end = std::min(begin + predict::kBatch, rows.size());
    std::vector<std::uint8_t> bytes;
    for (std::size_t row = begin; row < end; ++row)
      add(image::pictureOf(rows.pixels(static_cast<std::uint32_t>(row)), format.shape), std::nullopt, bytes);
    std::vector<std::vector<float>> probabilities = probabilitiesOf(bytes);
    for (std::size_t row = begin; row < end; ++row)
      take({csv.string(), row, {input.width, input.height}, {{std::nullopt, std::move(probabilities[row - begin])}}});
  }
}

void Recogniser::add(const cv::Mat& picture, const std::optional<cv::Rect>& face,
                     std::vector<std::uint8_t>& bytes) const {
  const std::vector<std::uint8_t> one = image::preprocess(model_.description.preprocess, picture, face);
  bytes.insert(bytes.end(), one.begin(), one.end());
}

std::vector<std::vector<float>> Recogniser::probabilitiesOf(const std::vector<std::uint8_t>& bytes) {
  const std::size_t batch = predict::kBatch * model_.predictor->inputShape().size();
  std::vector<std::vector<float>> result;
  for (std::size_t begin = 0; begin < bytes.size(); begin += batch) {
    const auto part = std::span(bytes).subspan(begin, std::min(batch, bytes.size() - begin));
    const std::vector<float> all = model_.predictor->probabilities(part);
    const auto count = static_cast<std::ptrdiff_t>(classes().size());
    for (auto first = all.begin(); first != all.end(); first += count) result.emplace_back(first, first + count);
  }
  return result;
}

}  // namespace fer::app
