#include "graph/models/builder.hpp"

#include "fer/core/error.hpp"

namespace fer::graph {
namespace {

void requireFit(const InputOptions& options, std::int64_t channels) {
  for (const auto& [key, list] : {std::pair("mean", &options.mean), std::pair("std", &options.std)})
    if (!list->empty() && static_cast<std::int64_t>(list->size()) != channels)
      throw usageError(std::string("model.input.") + key + ": expected a number for each of the network's " +
                       std::to_string(channels) + " channels, found " + std::to_string(list->size()));
  if (options.mean.size() != options.std.size())
    throw usageError("model.input: mean and std go together: give both or none");
}

}  // namespace

ImageShape shapeInside(const ModelSpec& spec) {
  ImageShape shape = spec.input;
  if (spec.prepare.height != 0) shape.height = spec.prepare.height;
  if (spec.prepare.width != 0) shape.width = spec.prepare.width;
  return shape;
}

Builder::Builder(const ModelSpec& spec, std::int64_t channels) : graph_(spec.input), model_(spec.name) {
  requireFit(spec.prepare, channels);
  prepare(spec, channels);
}

void Builder::prepare(const ModelSpec& spec, std::int64_t channels) {
  const ImageShape inside = shapeInside(spec);
  if (inside.height != spec.input.height || inside.width != spec.input.width)
    add("resize", Resize{inside.height, inside.width});
  if (spec.input.channels != channels) add("repeat", Repeat{channels});
  if (!spec.prepare.mean.empty()) add("normalise", Normalise{spec.prepare.mean, spec.prepare.std});
}

Builder& Builder::scope(const std::string& scope) {
  scope_ = scope.empty() ? "" : scope + ".";
  counts_.clear();
  return *this;
}

Builder& Builder::init(KernelInit init) {
  init_ = init;
  return *this;
}

Builder& Builder::from(LayerId id) {
  last_ = id;
  return *this;
}

Builder& Builder::join(const std::string& name, Operation operation, std::vector<LayerId> inputs) {
  last_ = graph_.add(scope_ + name, std::move(operation), std::move(inputs));
  return *this;
}

Builder& Builder::add(const std::string& name, Operation operation) {
  if (auto* const convolution = std::get_if<Convolution>(&operation)) convolution->init = init_;
  return join(name, std::move(operation), {last_});
}

Builder& Builder::numbered(const std::string& kind, Operation operation) {
  return add(kind + std::to_string(++counts_[kind]), std::move(operation));
}

Builder& Builder::conv(std::int64_t channels, std::int64_t kernel) {
  return numbered("conv", Convolution{channels, kernel});
}

Builder& Builder::dense(std::int64_t features) {
  return numbered("dense", Dense{features, init_});
}

Builder& Builder::batchNorm() {
  return numbered("bn", BatchNorm{});
}

Builder& Builder::relu() {
  return numbered("relu", Relu{});
}

Builder& Builder::maxPool() {
  if (const Shape& maps = graph_.layer(last_).output; maps.height < 2 || maps.width < 2)
    throw usageError("model.name: " + model_ + " halves its input more often than the image size allows. Give larger " +
                     "images (data.height, data.width).");
  return numbered("pool", MaxPool{});
}

Builder& Builder::meanPool() {
  return numbered("mean_pool", GlobalMeanPool{});
}

Builder& Builder::dropout(double rate) {
  return numbered("dropout", Dropout{rate});
}

Builder& Builder::flatten() {
  return numbered("flatten", Flatten{});
}

Builder& Builder::featureMaps() {
  graph_.setFeatureMaps(last_);
  return *this;
}

}  // namespace fer::graph
