#include "command.hpp"
#include "fer/app/predict_pictures.hpp"
#include "fer_predict_options.hpp"

namespace {

constexpr const char* kExamples =
    "  fer-predict photo.jpg                                         # every face of a picture\n"
    "  fer-predict --model vgg_block.onnx photos/ --out drawn        # and pictures with what was found drawn in\n"
    "  fer-predict --model vgg_block.onnx faces/ --faces --json      # pictures that are faces already\n"
    "  fer-predict --model vgg_block.onnx test.csv --csv             # faces as rows, without labels\n";

}  // namespace

int main(int argc, char** argv) {
  const fer::tools::Command command{"fer-predict", "say what the faces of pictures show", kExamples};
  cxxopts::Options options = fer::tools::makeOptions(command);
  fer::tools::addPredictOptions(options);
  return fer::tools::run(command, options, argc, argv, [](const cxxopts::ParseResult& arguments) {
    return fer::app::predictPictures(fer::tools::readPredictRequest(arguments));
  });
}
