#pragma once

#include <memory>
#include <string>

#include "fer/nn/models/table.hpp"

namespace fer::nn {

/// Appends numbered layers to a network and keeps count of the shape that comes out: conv1, bn1, conv2 ... dense1 ...
class ModelBuilder {
 public:
  explicit ModelBuilder(const ModelSpec& spec);
  /// The last part of `whole`, on feature maps of the given shape.
  ModelBuilder(const std::string& model, data::ImageShape features, const Network& whole, KernelInit init);

  ModelBuilder& conv(std::int64_t channels, std::int64_t kernel);  ///< 'same' padding
  /// A layer with branches under a name of its own; images stay as large.
  template <class Module>
  ModelBuilder& block(const std::string& name, std::shared_ptr<Module> layer, std::int64_t channels) {
    network_->add(name, std::move(layer));
    network_->markFeatureMaps();
    channels_ = channels;
    return *this;
  }
  ModelBuilder& batchNorm();  ///< over images, or over vectors once flattened
  ModelBuilder& relu();
  ModelBuilder& reluMaxPool();           ///< both at once, 2 x 2; throws Error (usage) where nothing would be left
  ModelBuilder& batchNormReluMaxPool();  ///< the three at once; their feature maps cannot be had
  ModelBuilder& dropout(double rate);
  ModelBuilder& flatten();
  ModelBuilder& dense(std::int64_t features);

  std::shared_ptr<Network> take() { return network_; }

 private:
  void halve();

  std::shared_ptr<Network> network_;
  std::string model_;
  std::int64_t channels_;
  std::int64_t height_;
  std::int64_t width_;
  bool flat_ = false;
  int convs_ = 0;
  int norms_ = 0;
  int dropouts_ = 0;
  int denses_ = 0;
};

}  // namespace fer::nn
