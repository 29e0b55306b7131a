#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fer/data/dataset.hpp"

namespace fer::data {

struct SynthOptions {
  std::uint32_t rows = 3000;
  std::uint32_t seed = 1;
  ImageShape shape;
  std::vector<std::string> classes;  ///< FER-2013's seven, or any other number: then features vary with the class index
};

/// Drawn faces, a label to each: eyes, brows and mouth follow the emotion; position, size, tilt, light and noise vary.
/// Usages as in FER-2013: 80 % Training, 10 % PublicTest, 10 % PrivateTest. The same options give the same dataset.
Dataset synthesise(const SynthOptions& options);

}  // namespace fer::data
