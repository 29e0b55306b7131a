#include "nn/models/builder.hpp"

#include "fer/core/error.hpp"
#include "nn/layers/layers.hpp"
#include "nn/layers/norm_relu_max_pool.hpp"
#include "nn/layers/relu_max_pool.hpp"
#include "nn/models/input_layer.hpp"

namespace fer::nn {

ModelBuilder::ModelBuilder(const ModelSpec& spec)
    : network_(std::make_shared<Network>()),
      model_(spec.name),
      channels_(shapeInside(spec).channels),
      height_(shapeInside(spec).height),
      width_(shapeInside(spec).width) {
  addInputLayer(*network_, spec, spec.input.channels);
}

ModelBuilder::ModelBuilder(const std::string& model, data::ImageShape features, const Network& whole, KernelInit init)
    : network_(std::make_shared<Network>(whole.position(), init)),
      model_(model),
      channels_(features.channels),
      height_(features.height),
      width_(features.width) {}

ModelBuilder& ModelBuilder::conv(std::int64_t channels, std::int64_t kernel) {
  network_->add("conv" + std::to_string(++convs_), std::make_shared<Conv>(channels_, channels, Conv::Options{kernel}));
  channels_ = channels;
  return *this;
}

ModelBuilder& ModelBuilder::batchNorm() {
  const std::string name = "bn" + std::to_string(++norms_);
  if (flat_)
    network_->add(name, std::make_shared<DenseBatchNorm>(channels_));
  else
    network_->add(name, std::make_shared<ImageBatchNorm>(channels_));
  return *this;
}

ModelBuilder& ModelBuilder::relu() {
  network_->add(&reluInPlace);
  return *this;
}

void ModelBuilder::halve() {
  height_ /= 2;
  width_ /= 2;
  if (height_ == 0 || width_ == 0)
    throw usageError("model.name: " + model_ + " halves its input more often than the image size allows. Give larger " +
                     "images (data.height, data.width).");
}

ModelBuilder& ModelBuilder::reluMaxPool() {
  halve();
  network_->markFeatureMaps();  // before they shrink
  network_->add(&reluMaxPool2);
  return *this;
}

ModelBuilder& ModelBuilder::batchNormReluMaxPool() {
  halve();
  network_->add("bn" + std::to_string(++norms_), std::make_shared<BatchNormReluMaxPool>(channels_));
  return *this;
}

ModelBuilder& ModelBuilder::dropout(double rate) {
  const auto layer = static_cast<std::uint32_t>(dropouts_++);
  network_->add("dropout" + std::to_string(dropouts_), std::make_shared<Dropout>(rate, layer, network_->position()));
  return *this;
}

ModelBuilder& ModelBuilder::flatten() {
  network_->add(&nn::flatten);
  channels_ *= height_ * width_;
  flat_ = true;
  return *this;
}

ModelBuilder& ModelBuilder::dense(std::int64_t features) {
  network_->add("dense" + std::to_string(++denses_), std::make_shared<Dense>(channels_, features));
  channels_ = features;
  return *this;
}

}  // namespace fer::nn
