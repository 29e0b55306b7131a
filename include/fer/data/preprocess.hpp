#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "fer/core/config/key_table.hpp"
#include "fer/core/image_shape.hpp"
#include "fer/core/text/json.hpp"

namespace fer::data {

/// How a picture becomes what a network takes; training, evaluation and serving do it alike, so it travels in the
/// checkpoint and in the exported model. fer/image/preprocess.hpp makes bytes of pictures by it, data::preprocess()
/// makes numbers of bytes. What else happens to the numbers (size, mean, standard deviation) is a layer of the network,
/// with keys model.input.*.
struct Preprocess {
  ImageShape input = {};  ///< grey or colour, height x width; in a config: data.channels, data.height, data.width
  double margin = 0.0;    ///< share of a face's side that is cut out with it on every side
  double rescale = 1.0 / 255.0;  ///< levels 0..255 are multiplied by this

  bool operator==(const Preprocess&) const = default;
};

void describe(Preprocess& options, KeyTable& table);  ///< keys preprocess.*; the input's are data's

nlohmann::json preprocessJson(const Preprocess& preprocess);

/// The reverse. Throws Error (bad data) that names the key.
Preprocess preprocessFrom(const JsonNode& node);

/// Throw Error (bad data), "ORIGIN: preprocess.margin: ...", for the first key in which `given` is not what the model
/// was made with.
void requireSame(const Preprocess& model, const Preprocess& given, const std::string& origin);
void requireSame(const ImageShape& model, const ImageShape& given, const std::string& origin);

}  // namespace fer::data
