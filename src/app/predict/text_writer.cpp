#include <algorithm>
#include <ostream>

#include "app/predict/writer.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::app {
namespace {

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

std::string sourceLine(const PredictionSource& source) {
  std::string line = source.model + " by " + source.engine;
  if (source.detector.empty()) return line;
  line += ", faces found by " + source.detector;
  return source.detector == "haar" ? line + " (tools/get-detector gets one that finds more)" : line;
}

class TextWriter : public PredictionWriter {
 public:
  TextWriter(std::ostream& out, PredictionSource source, std::size_t top, std::size_t name_width)
      : out_(out), classes_(std::move(source.classes)), top_(top), name_width_(name_width) {
    constexpr std::size_t kPercent = 8;  // " 100.0 %"
    for (const std::string& name : classes_) class_width_ = std::max(class_width_, name.size() + kPercent);
  }

  void write(const Prediction& prediction) override {
    std::string name = prediction.image;
    if (prediction.row) name += " row " + std::to_string(*prediction.row);
    name = padded(std::move(name), name_width_) + "  ";
    if (prediction.faces.empty()) out_ << name << "no face\n";
    for (const RecognisedFace& face : prediction.faces) out_ << name << line(face) << '\n';
  }

  void writeFault(const std::string& /*image*/, const std::string& /*message*/) override {}
  void end() override {}

 private:
  std::string line(const RecognisedFace& face) const {
    constexpr double kPerCent = 100;
    std::vector<std::string> words;
    for (const std::size_t index : mostProbable(face.probabilities, top_))
      words.push_back(classes_[index] + " " + fixed(kPerCent * face.probabilities[index], 1) + " %");
    if (face.found) {
      const cv::Rect& box = face.found->box;
      words.push_back(std::to_string(box.width) + " x " + std::to_string(box.height) + " at " + std::to_string(box.x) +
                      ", " + std::to_string(box.y));
      if (face.found->score) words.push_back("score " + fixed(*face.found->score, 2));
    }
    std::string text;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) text += padded(words[i], class_width_) + "  ";
    return text + words.back();
  }

  std::ostream& out_;
  std::vector<std::string> classes_;
  std::size_t top_;
  std::size_t name_width_;
  std::size_t class_width_ = 0;
};

}  // namespace

std::unique_ptr<PredictionWriter> textWriter(std::ostream& out, const PredictionSource& source, std::size_t top,
                                             std::size_t name_width) {
  out << sourceLine(source) << '\n';
  return std::make_unique<TextWriter>(out, source, top, name_width);
}

}  // namespace fer::app
