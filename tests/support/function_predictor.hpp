#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "fer/predict/predictor.hpp"

namespace fer::test {

/// Answers every image by a function of its bytes; remembers how many came at once.
class FunctionPredictor : public predict::Predictor {
 public:
  using Answer = std::function<std::vector<float>(std::span<const std::uint8_t> image)>;

  FunctionPredictor(ImageShape shape, std::vector<std::string> classes, Answer answer)
      : shape_(shape), classes_(std::move(classes)), answer_(std::move(answer)) {}

  ImageShape inputShape() const override { return shape_; }
  const std::vector<std::string>& classes() const override { return classes_; }
  std::vector<float> probabilities(std::span<const std::uint8_t> images) override {
    batches.push_back(images.size() / shape_.size());
    std::vector<float> all;
    for (; !images.empty(); images = images.subspan(shape_.size())) {
      const std::vector<float> one = answer_(images.first(shape_.size()));
      all.insert(all.end(), one.begin(), one.end());
    }
    return all;
  }

  std::vector<std::size_t> batches;

 private:
  ImageShape shape_;
  std::vector<std::string> classes_;
  Answer answer_;
};

}  // namespace fer::test
