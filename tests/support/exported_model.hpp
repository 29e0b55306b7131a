#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "fer/weights/description.hpp"
#include "fer/weights/onnx/write.hpp"
#include "support/every_layer.hpp"

namespace fer::test {

/// What everyLayer() is, as an exported model tells it. Its bytes 0..100 become the numbers of pixelNumber().
inline weights::ModelDescription everyLayerDescription() {
  weights::ModelDescription description;
  description.spec = {"every_layer", {1, 6, 5}, {"a", "b", "c"}, {}};
  description.preprocess.input = description.spec.input;
  description.preprocess.rescale = 1.0 / 101;
  description.run = "a_run";
  description.data_hash = "0123";
  description.config = "{}";
  description.checkpoint = "best";
  return description;
}

/// everyLayer() as fer-export writes it.
inline std::string exportedEveryLayer(
    const std::string& description = weights::descriptionJson(everyLayerDescription()),
    weights::OnnxKernels kernels = weights::OnnxKernels::kFloat32) {
  const graph::Graph graph = everyLayer();
  return weights::onnxModel(graph, tensorsOf(graph), {{weights::kDescriptionKey, description}}, kernels);
}

}  // namespace fer::test
