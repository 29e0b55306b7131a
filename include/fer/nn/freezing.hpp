#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fer/nn/network.hpp"

namespace fer::nn {

/// Whether a tensor belongs to a layer: "features.2" holds "features.2.weight", not "features.21.weight".
bool belongsTo(std::string_view tensor, std::string_view layer);

/// Throws Error (usage) that starts with `key` and lists the layers where a name fits none of them.
void requireLayers(const Network& network, const std::vector<std::string>& names, const std::string& key);

/// Freezes the layers named, with all that is in them, but not those in `released`, and no other: frozen parameters get
/// no gradient, and what lies before the first one that is not frozen costs no backward pass.
void freeze(Network& network, const std::vector<std::string>& layers, const std::vector<std::string>& released);

/// Training mode, but for layers whose parameters are all frozen: a frozen batch norm uses its running values and
/// leaves them alone, as Keras' does.
void setTrainingMode(Network& network);

}  // namespace fer::nn
