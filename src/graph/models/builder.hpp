#pragma once

#include <map>
#include <string>

#include "fer/graph/graph.hpp"
#include "fer/graph/models/table.hpp"

namespace fer::graph {

constexpr std::int64_t kBodyChannels = 3;  ///< what networks trained on ImageNet take

/// The image as spec.prepare enlarges it.
ImageShape shapeInside(const ModelSpec& spec);

/// Writes a graph layer after layer, each on what the one before gave, under numbered names: conv1, bn1, relu1, conv2
/// ...
class Builder {
 public:
  /// With what the input wants first: enlarged images, a grey plane repeated `channels` times, normalised. Throws Error
  /// (usage) where spec.prepare does not go with the channels.
  Builder(const ModelSpec& spec, std::int64_t channels);
  explicit Builder(const ModelSpec& spec) : Builder(spec, spec.input.channels) {}

  /// The names of what follows begin with `scope` and a dot (none where it is empty), the numbers with 1 again.
  Builder& scope(const std::string& scope);
  Builder& init(KernelInit init);  ///< of the kernels that follow

  Builder& add(const std::string& name, Operation operation);  ///< under a name of its own within the scope
  Builder& conv(std::int64_t channels, std::int64_t kernel);
  Builder& dense(std::int64_t features);
  Builder& batchNorm();
  Builder& relu();
  Builder& maxPool();  ///< 2 x 2; throws Error (usage) where nothing would be left
  Builder& meanPool();
  Builder& dropout(double rate);
  Builder& flatten();
  Builder& featureMaps();  ///< what came last are the network's

  LayerId last() const { return last_; }
  std::int64_t channels() const { return graph_.layer(last_).output.channels; }  ///< of what came last
  Builder& from(LayerId id);                                                     ///< what follows takes that
  Builder& join(const std::string& name, Operation operation, std::vector<LayerId> inputs);

  Graph take() { return std::move(graph_); }

 private:
  Builder& numbered(const std::string& kind, Operation operation);
  void prepare(const ModelSpec& spec, std::int64_t channels);

  Graph graph_;
  std::string model_;
  std::string scope_;
  KernelInit init_ = KernelInit::kGlorotUniform;
  LayerId last_ = 0;
  std::map<std::string, int> counts_;
};

}  // namespace fer::graph
