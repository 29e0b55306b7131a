#include <ostream>

#include "app/predict/writer.hpp"
#include "fer/core/text/csv.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::app {
namespace {

class CsvWriter : public PredictionWriter {
 public:
  CsvWriter(std::ostream& out, const PredictionSource& source) : out_(out), classes_(source.classes) {
    std::vector<std::string> header{"image", "row", "face", "x", "y", "width", "height", "score", "emotion"};
    for (const std::string& name : classes_) header.push_back("p_" + name);
    columns_ = header.size();
    out_ << csvLine(header);
  }

  void write(const Prediction& prediction) override {
    const std::vector<std::string> begin{prediction.image, prediction.row ? std::to_string(*prediction.row) : ""};
    if (prediction.faces.empty()) put(begin);
    for (std::size_t i = 0; i < prediction.faces.size(); ++i) {
      std::vector<std::string> fields = begin;
      fields.push_back(std::to_string(i + 1));
      addFace(prediction.faces[i], fields);
      put(std::move(fields));
    }
  }

  void writeFault(const std::string& /*image*/, const std::string& /*message*/) override {}
  void end() override {}

 private:
  void addFace(const RecognisedFace& face, std::vector<std::string>& fields) const {
    if (face.found) {
      const cv::Rect& box = face.found->box;
      for (const int number : {box.x, box.y, box.width, box.height}) fields.push_back(std::to_string(number));
    } else {
      fields.insert(fields.end(), 4, "");
    }
    fields.push_back(face.found && face.found->score ? shortest(*face.found->score) : "");
    fields.push_back(classes_[mostProbable(face.probabilities, 1).front()]);
    for (const float probability : face.probabilities) fields.push_back(shortest(probability));
  }

  void put(std::vector<std::string> fields) {
    fields.resize(columns_);
    out_ << csvLine(fields);
  }

  std::ostream& out_;
  std::vector<std::string> classes_;
  std::size_t columns_ = 0;
};

}  // namespace

std::unique_ptr<PredictionWriter> csvWriter(std::ostream& out, const PredictionSource& source) {
  return std::make_unique<CsvWriter>(out, source);
}

}  // namespace fer::app
