#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/predict/prediction.hpp"
#include "fer/app/predict_pictures.hpp"

namespace fer::app {

/// A model, and the detector of its faces. One thread at a time.
class Recogniser {
 public:
  /// Where nothing is to be looked for (`detect` false) there is no detector.
  Recogniser(const PredictRequest& request, bool detect);

  const std::vector<std::string>& classes() const { return model_.predictor->classes(); }
  const std::string& engine() const { return model_.engine; }
  std::string detector() const { return detector_ ? detector_->name() : ""; }  ///< its name, or ""

  /// Every face of a picture; without a detector the picture itself is one.
  std::vector<RecognisedFace> facesOf(const cv::Mat& picture);

  /// The rows of a CSV in FER-2013's format, whose labels are not read, one after the other. Its images have the height
  /// and width of the model's input. Throws Error (bad data), before the first row.
  void eachRow(const std::filesystem::path& csv, const std::function<void(const Prediction&)>& take);

 private:
  void add(const cv::Mat& picture, const std::optional<cv::Rect>& face, std::vector<std::uint8_t>& bytes) const;
  std::vector<std::vector<float>> probabilitiesOf(const std::vector<std::uint8_t>& bytes);

  engine::ExportedModel model_;
  std::unique_ptr<vision::Detector> detector_;
};

}  // namespace fer::app
