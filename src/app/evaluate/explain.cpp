#include <ATen/ATen.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <span>

#include "app/checkpoint_of_run.hpp"
#include "app/evaluate/pieces.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/data/augment/augment.hpp"
#include "fer/metrics/confusion.hpp"
#include "fer/nn/grad_cam.hpp"
#include "fer/nn/memory/layout.hpp"
#include "fer/report/picture/sheet.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

/// The network, the images, and what it said of them.
struct Explained {
  nn::LoadedModel model;
  c10::Device device;
  const metrics::Evaluation& evaluation;
  std::vector<int> predictions;
  const EvalData& data;
  const std::vector<std::uint32_t>& rows;  ///< of the dataset, as the evaluation's

  float confidence(std::size_t place) const {
    return evaluation.probabilities[place * evaluation.classes.size() + static_cast<std::size_t>(predictions[place])];
  }
};

/// The places of a class's rows that were recognised, or not: the surest first, then by row; eight at most.
std::vector<std::size_t> surest(const Explained& explained, int label, bool recognised) {
  constexpr std::size_t kMost = 8;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < explained.predictions.size(); ++i)
    if (explained.evaluation.labels[i] == label && (explained.predictions[i] == label) == recognised)
      places.push_back(i);
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t a, std::size_t b) { return explained.confidence(a) > explained.confidence(b); });
  places.resize(std::min(kMost, places.size()));
  return places;
}

/// N x H x W: what spoke for the class that each image was taken for.
at::Tensor heatOf(const Explained& explained, const std::vector<std::size_t>& places) {
  if (places.empty()) return {};
  const ImageShape shape = explained.data.dataset.shape();
  const auto count = static_cast<std::int64_t>(places.size());
  const at::Tensor images = at::empty({count, shape.channels, shape.height, shape.width}, at::kFloat);
  const at::Tensor classes = at::empty({count}, at::kLong);
  for (std::size_t i = 0; i < places.size(); ++i) {
    data::preprocess(explained.model.description.preprocess, explained.data.dataset.pixels(explained.rows[places[i]]),
                     {images.data_ptr<float>() + i * shape.size(), shape.size()});
    classes[static_cast<std::int64_t>(i)] = explained.predictions[places[i]];
  }
  return nn::gradCam(*explained.model.network, nn::fastLayout(images.to(explained.device)), classes);
}

/// Each image beside the same under its heat, which is `heat`'s memory.
std::vector<report::SheetCell> cellsOf(const Explained& explained, const std::vector<std::size_t>& places,
                                       const at::Tensor& heat) {
  constexpr float kPercent = 100;
  const ImageShape shape = explained.data.dataset.shape();
  const std::size_t size = static_cast<std::size_t>(shape.height) * static_cast<std::size_t>(shape.width);
  std::vector<report::SheetCell> cells;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::size_t place = places[i];
    cells.push_back({explained.data.dataset.pixels(explained.rows[place]),
                     explained.evaluation.classes[static_cast<std::size_t>(explained.predictions[place])] + " " +
                         std::to_string(std::lround(kPercent * explained.confidence(place))) + "%  row " +
                         std::to_string(explained.evaluation.rows[place]),
                     {heat.data_ptr<float>() + i * size, size}});
  }
  return cells;
}

/// The class's name where it can be a file's, or its number.
std::string fileName(const std::vector<std::string>& classes, std::size_t label) {
  const std::string& name = classes[label];
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '-' || letter == '_' || letter == ' ';
  });
  return (plain && !name.empty() ? name : "class_" + std::to_string(label)) + ".png";
}

}  // namespace

void writeExplanations(const metrics::Evaluation& evaluation, const EvalRequest& request, const Candidate& candidate,
                       const EvalData& data, c10::Device device, const fs::path& results) {
  constexpr std::size_t kColumns = 4;
  constexpr std::size_t kCellWidth = 192;  // two images
  const fs::path folder = results / "explain";
  makeFolders(folder);
  const Explained explained{
      loadCheckpoint(*candidate.networks.front().run, request.checkpoint),        device, evaluation,
      metrics::mostProbable(evaluation.probabilities, evaluation.classes.size()), data,   data.rows(request.split)};
  nn::useFastLayout(*explained.model.network, device);
  for (std::size_t label = 0; label < evaluation.classes.size(); ++label) {
    const std::string& name = evaluation.classes[label];
    const std::vector<std::size_t> right = surest(explained, static_cast<int>(label), true);
    const std::vector<std::size_t> wrong = surest(explained, static_cast<int>(label), false);
    const at::Tensor right_heat = heatOf(explained, right);
    const at::Tensor wrong_heat = heatOf(explained, wrong);
    writeFile(folder / fileName(evaluation.classes, label),
              report::pictureSheet(data.dataset.shape(),
                                   {{name + ", recognised", cellsOf(explained, right, right_heat)},
                                    {name + ", taken for another class", cellsOf(explained, wrong, wrong_heat)}},
                                   kColumns, kCellWidth));
  }
}

}  // namespace fer::app
