#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "app/predict/annotate.hpp"
#include "app/predict/face_sheet.hpp"
#include "app/predict/inputs.hpp"
#include "app/predict/recogniser.hpp"
#include "app/predict/writer.hpp"
#include "fer/app/predict_pictures.hpp"
#include "fer/core/error.hpp"
#include "fer/image/decode.hpp"

namespace fer::app {
namespace {

bool needsDetector(const PredictRequest& request, const std::vector<PredictInput>& inputs) {
  return !request.faces && std::any_of(inputs.begin(), inputs.end(),
                                       [](const PredictInput& input) { return !input.isCsv() && input.fault.empty(); });
}

std::size_t nameWidth(const std::vector<PredictInput>& inputs) {
  constexpr std::size_t kWidest = 48;
  constexpr std::size_t kRow = 10;  // " row 12345"
  std::size_t width = 0;
  for (const PredictInput& input : inputs)
    width = std::max(width, input.file.string().size() + (input.isCsv() ? kRow : 0));
  return std::min(width, kWidest);
}

std::unique_ptr<PredictionWriter> makeWriter(const PredictRequest& request, const Recogniser& recogniser,
                                             const std::vector<PredictInput>& inputs) {
  const PredictionSource source{request.model.string(), recogniser.engine(), recogniser.detector(),
                                recogniser.classes()};
  if (request.format == ResultFormat::kJson) return jsonWriter(std::cout, source);
  if (request.format == ResultFormat::kCsv) return csvWriter(std::cout, source);
  return textWriter(std::cout, source, static_cast<std::size_t>(request.top), nameWidth(inputs));
}

class Run {
 public:
  Run(const PredictRequest& request, Recogniser& recogniser, PredictionWriter& writer)
      : recogniser_(recogniser), writer_(writer) {
    if (!request.out.empty()) annotated_.emplace(request.out);
    if (!request.sheet.empty()) sheet_.emplace(request.sheet, recogniser.input(), recogniser.classes());
  }

  /// False where it could not be read.
  bool look(const PredictInput& input) {
    if (!input.fault.empty()) return failed(input, input.fault);
    if (input.isCsv()) recogniseWaiting();
    try {
      if (input.isCsv())
        recogniser_.eachRow(input.file, [&](const Prediction& prediction) { take(input, prediction); });
      else
        lookAtPicture(input);
    } catch (const Error& error) {
      if (error.fault() == Fault::kData) return failed(input, error.what());
      recogniseWaiting();
      throw;
    }
    if (waiting_.size() >= recogniser_.picturesAtOnce() || waiting_pixels_ >= kMostWaitingPixels) recogniseWaiting();
    return true;
  }

  void end() {
    recogniseWaiting();
    writer_.end();
    if (sheet_) sheet_->write();
  }

 private:
  /// A picture whose faces are known but not what they show: the network takes those of many pictures at once.
  struct Waiting {
    const PredictInput* input;
    Prediction prediction;
    cv::Mat picture;  ///< where it will be drawn upon
  };
  /// After so many pixels nothing waits any longer: photos would fill the memory, and the reader would wait, too. Not
  /// by the clock, so that the same pictures make the same batches.
  static constexpr std::size_t kMostWaitingPixels = std::size_t{4} << 20;

  void lookAtPicture(const PredictInput& input) {
    const cv::Mat picture = image::readPicture(input.file);
    Prediction prediction{input.file.string(), std::nullopt, picture.size(), recogniser_.facesOf(picture)};
    waiting_pixels_ += picture.total();
    waiting_.push_back({&input, std::move(prediction), annotated_ ? picture : cv::Mat()});
  }

  void recogniseWaiting() {
    std::vector<Waiting> pictures = std::exchange(waiting_, {});
    waiting_pixels_ = 0;
    std::vector<RecognisedFace*> faces;
    for (Waiting& one : pictures)
      for (RecognisedFace& face : one.prediction.faces) faces.push_back(&face);
    recogniser_.recognise(faces);
    for (const Waiting& one : pictures) {
      if (annotated_)
        annotated_->write(*one.input, annotated(one.picture, one.prediction.faces, recogniser_.classes()));
      take(*one.input, one.prediction);
    }
  }

  void take(const PredictInput& input, const Prediction& prediction) {
    writer_.write(prediction);
    if (sheet_) sheet_->add(input, prediction);
  }

  bool failed(const PredictInput& input, const std::string& message) {
    recogniseWaiting();
    std::cout.flush();
    std::cerr << "fer-predict: " << message << std::endl;
    writer_.writeFault(input.file.string(), message);
    return false;
  }

  Recogniser& recogniser_;
  PredictionWriter& writer_;
  std::optional<AnnotatedFolder> annotated_;
  std::optional<FaceSheet> sheet_;
  std::vector<Waiting> waiting_;  ///< in the order of the inputs
  std::size_t waiting_pixels_ = 0;
};

}  // namespace

int predictPictures(const PredictRequest& request) {
  const std::vector<PredictInput> inputs = listInputs(request.inputs);
  Recogniser recogniser(request, needsDetector(request, inputs));
  const std::unique_ptr<PredictionWriter> writer = makeWriter(request, recogniser, inputs);
  Run run(request, recogniser, *writer);
  bool all = true;
  for (const PredictInput& input : inputs) all = run.look(input) && all;
  run.end();
  return all ? 0 : static_cast<int>(Fault::kData);
}

}  // namespace fer::app
