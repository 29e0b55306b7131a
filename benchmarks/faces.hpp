#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "fer/data/labels.hpp"
#include "fer/data/synth/synth.hpp"
#include "fer/graph/models/table.hpp"
#include "fer/nn/layers/initialise.hpp"
#include "fer/nn/memory/layout.hpp"

/// What the benchmarks that run a network start from.
namespace fer::bench {

/// Drawn faces of FER-2013's shape and classes.
inline data::Dataset faces(std::size_t rows) {
  data::SynthOptions options;
  options.rows = static_cast<std::uint32_t>(rows);
  options.classes = data::fer2013Classes();
  return data::synthesise(options);
}

inline std::vector<std::uint32_t> allRows(const data::Dataset& dataset) {
  std::vector<std::uint32_t> rows(dataset.size());
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

/// A network for such faces, as fer-train starts with it.
inline std::shared_ptr<nn::Network> freshNetwork(const std::string& model, const data::Dataset& dataset) {
  auto network = nn::makeModel({model, dataset.shape(), dataset.classes()});
  nn::initialise(*network, 1);
  nn::useFastLayout(*network, c10::kCPU);
  return network;
}

}  // namespace fer::bench
