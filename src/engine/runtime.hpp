#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "fer/core/image_shape.hpp"

namespace fer::engine {

/// The bytes of a model whose metadata was understood.
struct ModelFile {
  std::string bytes;
  std::string origin;  ///< its path, for messages
  ImageShape input;
  bool has_half = false;  ///< tensors in float16
};

/// A library that computes a network. One thread at a time.
class Runtime {
 public:
  virtual ~Runtime() = default;
  /// `images` holds count x C x H x W numbers. Gives what the network's output holds. Throws Error.
  virtual std::vector<float> run(std::span<float> images, std::size_t count) = 0;
};

/// Throw Error (bad data) where the library does not take the model.
std::unique_ptr<Runtime> openCvRuntime(const ModelFile& file, int threads);
/// Throws Error (other) where the library does not run on the processor, too.
std::unique_ptr<Runtime> xnnpackRuntime(const ModelFile& file, int threads);
std::unique_ptr<Runtime> openVinoRuntime(const ModelFile& file, int threads);
/// Throws Error (usage) where the processor has no instructions for bfloat16.
std::unique_ptr<Runtime> openVinoBf16Runtime(const ModelFile& file, int threads);

}  // namespace fer::engine
