#include "app/pictures.hpp"

#include "fer/data_folder/equalise.hpp"
#include "fer/data_folder/pictures.hpp"

namespace fer::app {

data::Reading reading(unsigned threads) {
  return {threads, &data::readPictureInto};
}

data::Equaliser equaliser() {
  return &data::equaliseInto;
}

std::string pngFile(std::span<const std::uint8_t> pixels, ImageShape shape) {
  return data::pngOf(pixels, shape);
}

}  // namespace fer::app
