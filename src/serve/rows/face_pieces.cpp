#include "serve/rows/face_pieces.hpp"

#include <algorithm>

#include "fer/core/text/numbers.hpp"

namespace fer::serve {

nlohmann::ordered_json boxJson(const cv::Rect& box) {
  return {{"x", box.x}, {"y", box.y}, {"w", box.width}, {"h", box.height}};
}

nlohmann::ordered_json sharesJson(const std::vector<float>& values, const std::vector<std::string>& classes) {
  nlohmann::ordered_json json;
  for (std::size_t i = 0; i < values.size(); ++i) json[classes[i]] = ownDigits(values[i]);
  return json;
}

nlohmann::ordered_json dominantJson(const std::vector<float>& probabilities, const std::vector<std::string>& classes) {
  if (probabilities.empty()) return nullptr;
  const auto most = std::max_element(probabilities.begin(), probabilities.end());
  return classes[static_cast<std::size_t>(most - probabilities.begin())];
}

std::string textOf(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace fer::serve
