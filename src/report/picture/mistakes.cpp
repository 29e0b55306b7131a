#include "fer/report/picture/mistakes.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "fer/metrics/confusion.hpp"

namespace fer::report {

std::vector<std::size_t> surestMistakes(const metrics::Evaluation& evaluation, std::size_t most) {
  const std::size_t classes = evaluation.classes.size();
  const std::vector<int> predictions = metrics::mostProbable(evaluation.probabilities, classes);
  if (predictions.size() != evaluation.labels.size() || predictions.size() != evaluation.rows.size())
    throw std::invalid_argument("surestMistakes: the evaluation's lists differ in length");
  std::vector<std::size_t> wrong;
  for (std::size_t i = 0; i < predictions.size(); ++i)
    if (predictions[i] != evaluation.labels[i]) wrong.push_back(i);
  const auto key = [&](std::size_t i) {
    const float confidence = evaluation.probabilities[i * classes + static_cast<std::size_t>(predictions[i])];
    return std::tuple(-confidence, evaluation.rows[i]);
  };
  std::sort(wrong.begin(), wrong.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  wrong.resize(std::min(most, wrong.size()));
  return wrong;
}

Picture sheet(Cell cell, std::span<const std::span<const std::uint8_t>> images, std::size_t columns) {
  constexpr std::uint8_t kWhite = 255;
  if (images.empty() || columns == 0) throw std::invalid_argument("sheet: no images");
  Picture picture;
  picture.channels = cell.channels;
  picture.width = columns * cell.width;
  picture.height = (images.size() + columns - 1) / columns * cell.height;
  picture.pixels.assign(picture.width * picture.height * cell.channels, kWhite);
  const std::size_t plane = cell.height * cell.width;
  for (std::size_t i = 0; i < images.size(); ++i) {
    if (images[i].size() != plane * cell.channels) throw std::invalid_argument("sheet: an image of another size");
    const std::size_t top = i / columns * cell.height;
    const std::size_t left = i % columns * cell.width;
    for (std::size_t pixel = 0; pixel < plane; ++pixel)
      for (std::size_t channel = 0; channel < cell.channels; ++channel) {
        const std::size_t place = (top + pixel / cell.width) * picture.width + left + pixel % cell.width;
        picture.pixels[place * cell.channels + channel] = images[i][channel * plane + pixel];
      }
  }
  return picture;
}

}  // namespace fer::report
