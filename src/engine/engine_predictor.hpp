#pragma once

#include <memory>

#include "engine/runtime.hpp"
#include "fer/predict/predictor.hpp"
#include "fer/weights/description.hpp"

namespace fer::engine {

/// An exported model behind the Predictor interface.
class EnginePredictor : public predict::Predictor {
 public:
  EnginePredictor(std::unique_ptr<Runtime> runtime, const weights::ModelDescription& description, std::string origin);

  ImageShape inputShape() const override { return input_; }
  const std::vector<std::string>& classes() const override { return classes_; }
  /// Throws Error (bad data) where the network gives what is no probability, too.
  std::vector<float> probabilities(std::span<const std::uint8_t> images) override;

 private:
  void append(std::span<const std::uint8_t> images, std::vector<float>& probabilities);

  std::unique_ptr<Runtime> runtime_;
  ImageShape input_;
  std::vector<std::string> classes_;
  data::Preprocess preprocess_;
  std::string origin_;
  std::vector<float> prepared_;  ///< kept from call to call
};

}  // namespace fer::engine
