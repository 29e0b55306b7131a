#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fer/data/preprocess.hpp"
#include "fer/graph/models/table.hpp"
#include "fer/weights/tensor.hpp"

namespace fer::weights {

/// What an evaluation of a run's weights found, as an exported model tells it.
struct ReportedScores {
  std::string split;     ///< "test", "validation"
  std::string protocol;  ///< how the data was cut
  std::int64_t rows = 0;
  double accuracy = 0;
  double macro_f1 = 0;
};

/// What a weights file or an exported model says of itself: all that is needed to rebuild the network and feed it as it
/// was trained. A JSON text with a schema number in the file's metadata, under kDescriptionKey.
struct ModelDescription {
  graph::ModelSpec spec;
  data::Preprocess preprocess;  ///< its input is spec.input
  std::string run;              ///< name of the run
  std::string data_hash;        ///< of the dataset trained on
  int epoch = 0;       ///< 0-based epoch after which, or in which, the weights were taken; 0 before the first, too
  std::string config;  ///< the run's resolved config, as JSON text
  std::string checkpoint = {};              ///< of an exported model: "best", "last" or "final" of the run; else ""
  std::vector<ReportedScores> scores = {};  ///< of an exported model: of evaluations of these weights
  double temperature = 1;  ///< of an exported model: > 0, what its logits were divided by (Guo et al. 2017)
};

constexpr const char* kDescriptionKey = "fer";

/// Throws std::invalid_argument where preprocess.input is not spec.input.
std::string descriptionJson(const ModelDescription& description);

/// The reverse. `origin` is the file's path, for messages. Throws Error (bad data) where the text is damaged, or its
/// schema newer than this program.
ModelDescription parseDescription(std::string_view text, const std::string& origin);

}  // namespace fer::weights
