#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

#include "app/predict/annotate.hpp"
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
  }

  /// False where it could not be read.
  bool look(const PredictInput& input) {
    if (!input.fault.empty()) return failed(input, input.fault);
    try {
      if (input.isCsv())
        recogniser_.eachRow(input.file, [this](const Prediction& prediction) { writer_.write(prediction); });
      else
        lookAtPicture(input);
    } catch (const Error& error) {
      if (error.fault() != Fault::kData) throw;
      return failed(input, error.what());
    }
    return true;
  }

 private:
  void lookAtPicture(const PredictInput& input) {
    const cv::Mat picture = image::readPicture(input.file);
    const Prediction prediction{input.file.string(), std::nullopt, picture.size(), recogniser_.facesOf(picture)};
    if (annotated_) annotated_->write(input, annotated(picture, prediction.faces, recogniser_.classes()));
    writer_.write(prediction);
  }

  bool failed(const PredictInput& input, const std::string& message) {
    std::cout.flush();
    std::cerr << "fer-predict: " << message << std::endl;
    writer_.writeFault(input.file.string(), message);
    return false;
  }

  Recogniser& recogniser_;
  PredictionWriter& writer_;
  std::optional<AnnotatedFolder> annotated_;
};

}  // namespace

int predictPictures(const PredictRequest& request) {
  const std::vector<PredictInput> inputs = listInputs(request.inputs);
  Recogniser recogniser(request, needsDetector(request, inputs));
  const std::unique_ptr<PredictionWriter> writer = makeWriter(request, recogniser, inputs);
  Run run(request, recogniser, *writer);
  bool all = true;
  for (const PredictInput& input : inputs) all = run.look(input) && all;
  writer->end();
  return all ? 0 : static_cast<int>(Fault::kData);
}

}  // namespace fer::app
