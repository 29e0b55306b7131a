#include "train/optim/layer_numbers.hpp"

#include <charconv>
#include <cmath>

#include "fer/core/error.hpp"
#include "fer/nn/freezing.hpp"

namespace fer::train {

std::vector<LayerNumber> parseLayerNumbers(const std::vector<std::string>& texts, const std::string& key) {
  std::vector<LayerNumber> list;
  for (const std::string& text : texts) {
    const std::size_t colon = text.rfind(':');
    const std::size_t start = colon == std::string::npos ? text.size() : colon + 1;
    const char* const end = text.data() + text.size();
    double number = 0;
    const auto [stop, failed] = std::from_chars(text.data() + start, end, number);
    if (start < 2 || start == text.size() || failed != std::errc() || stop != end || !std::isfinite(number) ||
        number < 0 || number > 1e6)
      throw usageError(key + ": expected LAYER:NUMBER, as \"layer4:0.1\", found \"" + text + "\"");
    list.push_back({text.substr(0, colon), number});
  }
  return list;
}

double numberFor(std::string_view tensor, const std::vector<LayerNumber>& list, double otherwise) {
  std::size_t longest = 0;
  for (const LayerNumber& item : list) {
    if (item.layer.size() < longest || !nn::belongsTo(tensor, item.layer)) continue;
    longest = item.layer.size();
    otherwise = item.number;
  }
  return otherwise;
}

}  // namespace fer::train
