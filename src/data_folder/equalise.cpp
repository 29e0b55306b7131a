#include "fer/data_folder/equalise.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "fer/image/clahe.hpp"
#include "fer/image/planes.hpp"

namespace fer::data {

void equaliseInto(std::span<const std::uint8_t> image, ImageShape shape, const ClaheOptions& options,
                  std::span<std::uint8_t> out) {
  if (out.size() != shape.size()) throw std::invalid_argument("equaliseInto: `out` does not fill the shape");
  const std::vector<std::uint8_t> planes =
      image::planesOf(image::clahe(image::pictureOf(image, shape), options.clip_limit, options.tiles));
  std::copy(planes.begin(), planes.end(), out.begin());
}

}  // namespace fer::data
