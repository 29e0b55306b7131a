#include "fer/data/synth/synth.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "data/synth/develop.hpp"
#include "data/synth/expression.hpp"
#include "data/synth/painter.hpp"
#include "data/synth/traits.hpp"
#include "fer/core/random.hpp"

namespace fer::data {
namespace {

/// What a row's random numbers are for, as parts of its stream.
enum Part : std::uint32_t { kLabel = 0, kFace = 1, kNoise = 2 };

constexpr std::uint32_t kPerTen = 8;  ///< of ten rows in a row this many are Training, one each of the test usages

std::uint8_t partOf(std::uint32_t row) {
  const std::uint32_t place = row % 10;
  return place < kPerTen ? kTraining : place == kPerTen ? kPublicTest : kPrivateTest;
}

/// The number of rows of the same part before this one.
std::uint32_t placeInPart(std::uint32_t row) {
  return partOf(row) == kTraining ? row / 10 * kPerTen + row % 10 : row / 10;
}

/// How often a class is drawn. FER-2013's seven differ as there, though its rarest, disgust, stands out more.
double weightOf(const std::string& name) {
  constexpr std::pair<const char*, double> kWeights[] = {{"angry", 14}, {"disgust", 5},   {"fear", 14},   {"happy", 24},
                                                         {"sad", 16},   {"surprise", 11}, {"neutral", 16}};
  constexpr double kOther = 14;
  for (const auto& [known, weight] : kWeights)
    if (name == known) return weight;
  return kOther;
}

class Labels {
 public:
  explicit Labels(const SynthOptions& options) : seed_(options.seed), classes_(options.classes.size()) {
    double sum = 0;
    for (const std::string& name : options.classes) cumulated_.push_back(sum += weightOf(name));
  }

  /// The first rows of a part take the classes in turn, so that none is missing; the rest are drawn.
  std::size_t of(std::uint32_t row) const {
    const std::uint32_t place = placeInPart(row);
    if (place < classes_) return place;
    RandomStream stream(seed_, Purpose::kSynth, 0, row, kLabel);
    const double at = stream.uniform(0, cumulated_.back());
    return static_cast<std::size_t>(std::upper_bound(cumulated_.begin(), cumulated_.end(), at) - cumulated_.begin());
  }

 private:
  std::uint32_t seed_;
  std::size_t classes_;
  std::vector<double> cumulated_;
};

void drawFace(const SynthOptions& options, std::uint32_t row, const Expression& shown, std::uint8_t* out) {
  RandomStream stream(options.seed, Purpose::kSynth, 0, row, kFace);
  const FaceTraits traits = drawTraits(options.shape, stream);
  const Expression expression = varied(shown, stream);
  Canvas canvas(options.shape);
  paintFace(canvas, traits, expression);
  develop(canvas, traits, RandomStream(options.seed, Purpose::kSynth, 0, row, kNoise), {out, options.shape.size()});
}

}  // namespace

Dataset synthesise(const SynthOptions& options) {
  if (options.classes.empty()) throw std::invalid_argument("synthesise: no classes");
  std::vector<Expression> expressions;
  for (std::size_t i = 0; i < options.classes.size(); ++i) expressions.push_back(expressionOf(options.classes[i], i));
  const Labels labels(options);
  DatasetColumns columns;
  columns.pixels.resize(options.rows * options.shape.size());
  for (std::uint32_t row = 0; row < options.rows; ++row) {
    const std::size_t label = labels.of(row);
    drawFace(options, row, expressions[label], columns.pixels.data() + row * options.shape.size());
    columns.labels.push_back(static_cast<std::uint8_t>(label));
    columns.parts.push_back(partOf(row));
    columns.row_ids.push_back(row);
  }
  return {options.shape, options.classes, std::move(columns)};
}

}  // namespace fer::data
