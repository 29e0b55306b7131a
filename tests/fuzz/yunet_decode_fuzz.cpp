// Any numbers of any shape are either faces that keep the contract, or refused as numbers that do not fit.
#include "vision/yunet_decode.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <vector>

#include "fuzz/driver.hpp"

namespace {

using fer::vision::YunetFace;
using fer::vision::YunetLevel;

/// Reads what is there; behind the end there are zeros.
class Bytes {
 public:
  Bytes(const std::uint8_t* bytes, std::size_t size) : bytes_(bytes), size_(size) {}

  template <class Number>
  Number next() {
    Number number{};
    const std::size_t count = std::min(sizeof number, size_);
    std::memcpy(&number, bytes_, count);
    bytes_ += count;
    size_ -= count;
    return number;
  }

 private:
  const std::uint8_t* bytes_;
  std::size_t size_;
};

bool keepsTheContract(const YunetFace& face, float min_score) {
  const auto finite = [](const cv::Point2f& point) { return std::isfinite(point.x) && std::isfinite(point.y); };
  return face.score >= min_score && face.score <= 1 && finite(face.box.tl()) && face.box.width >= 0 &&
         face.box.height >= 0 && std::all_of(face.landmarks.begin(), face.landmarks.end(), finite);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace fer;
  Bytes input(bytes, size);
  vision::YunetLevel level;
  level.stride = input.next<std::int8_t>();
  level.rows = input.next<std::int8_t>();
  level.columns = input.next<std::int8_t>();
  const float min_score = static_cast<float>(input.next<std::uint8_t>()) / 255;
  const auto taken = [&input](std::size_t usual) {  // one in 16 shapes is another
    const auto byte = input.next<std::uint8_t>();
    std::vector<float> numbers((byte & 15) == 15 ? byte : usual);
    for (float& number : numbers) number = input.next<float>();
    return numbers;
  };
  const auto cells = static_cast<std::size_t>(std::max(level.rows, 0) * std::max(level.columns, 0));
  const std::vector<float> cls = taken(cells);
  const std::vector<float> obj = taken(cells);
  const std::vector<float> bbox = taken(4 * cells);
  const std::vector<float> kps = taken(10 * cells);
  level.cls = cls;
  level.obj = obj;
  level.bbox = bbox;
  level.kps = kps;
  try {
    const std::vector<YunetFace> faces = vision::decodeYunet(level, min_score);
    fuzz::require(faces.size() <= cells, "more faces than cells");
    for (const YunetFace& face : faces) fuzz::require(keepsTheContract(face, min_score), "a face without a place");
    const std::vector<YunetFace> kept = vision::withoutOverlaps(faces);
    fuzz::require(kept.size() <= faces.size(), "faces made up");
    const bool any = std::any_of(faces.begin(), faces.end(), [](const YunetFace& face) { return face.score > 0; });
    fuzz::require(!any || !kept.empty(), "all faces lost");
    fuzz::require(std::is_sorted(kept.begin(), kept.end(), [](auto& a, auto& b) { return a.score > b.score; }),
                  "not the best first");
  } catch (const std::invalid_argument&) {
    fuzz::require(level.stride < 1 || level.rows < 0 || level.columns < 0 || cls.size() != cells ||
                      obj.size() != cells || bbox.size() != 4 * cells || kps.size() != 10 * cells,
                  "numbers that fit are refused");
  }
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  const auto floats = [](std::initializer_list<float> numbers) {
    return std::string(reinterpret_cast<const char*>(numbers.begin()), numbers.size() * sizeof(float));
  };
  const std::string boxes = std::string(1, '\0') + floats({0.5F, 0.5F, 0, 0.7F, 0.1F, 0.2F, 1, 1});
  const std::string points = std::string(1, '\0') + floats({0, 0, 1, 0, 0.5F, 0.5F, 0, 1, 1, 1});
  const std::string two = std::string("\x08\x01\x02\x20", 4) + std::string(1, '\0') + floats({0.9F, 0.8F}) +
                          std::string(1, '\0') + floats({1.F, 0.7F}) + boxes + points;
  return {two, std::string("\x20\x02\x03\x00", 4) + std::string(200, '\x3F'), std::string("\x10\x7F\x7F\x80", 4), ""};
}
