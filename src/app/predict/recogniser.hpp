#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
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
  ImageShape input() const { return model_.predictor->inputShape(); }
  const std::string& engine() const { return model_.engine; }
  std::string detector() const { return detector_ ? detector_->name() : ""; }  ///< its name, or ""

  /// Pictures of one face that are best recognised together.
  std::size_t picturesAtOnce() const { return model_.faces_at_once; }

  /// Every face of a picture, its probabilities still missing; without a detector the picture itself is one.
  std::vector<RecognisedFace> facesOf(const cv::Mat& picture);

  /// Fills in the probabilities of many faces, predict::kBatch at once.
  void recognise(std::span<RecognisedFace* const> faces);

  /// The rows of a CSV in FER-2013's format, whose labels are not read, one after the other. Its images have the height
  /// and width of the model's input. Throws Error (bad data), before the first row.
  void eachRow(const std::filesystem::path& csv, const std::function<void(const Prediction&)>& take);

 private:
  RecognisedFace prepared(const cv::Mat& picture, const std::optional<vision::Face>& face) const;

  engine::ExportedModel model_;
  std::unique_ptr<vision::Detector> detector_;
};

}  // namespace fer::app
