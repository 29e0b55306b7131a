#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "fer/graph/graph.hpp"
#include "fer/weights/tensor.hpp"

namespace fer::weights {

/// How the kernels of convolutions and dense layers are stored. In float16, rounded to nearest, a file is half as
/// large, and a Cast of each gives the runtime float32.
enum class OnnxKernels { kFloat32, kFloat16 };

/// A network as an ONNX model (opset 13, IR version 7) that any runtime takes, as the bytes of its file. Input
/// "images", float32, N x C x H x W as the network takes them; output "probabilities", N x classes, after a softmax;
/// any N. Batch norms are folded into the convolution or dense layer before them where there is one; dropout and
/// stochastic depth are left out. OpenCV 4.6, which lacks much of ONNX, takes it too. `tensors` are the graph's, by
/// name, float32; `metadata` becomes metadata_props. Throws std::invalid_argument where a tensor is missing or of
/// another size, Error (bad data) where a kernel has numbers that float16 has not, and Error where fer was built
/// without protozero. Source: github.com/onnx/onnx, onnx.proto.
std::string onnxModel(const graph::Graph& graph, const std::map<std::string, Tensor>& tensors, const Metadata& metadata,
                      OnnxKernels kernels = OnnxKernels::kFloat32);

}  // namespace fer::weights
