#pragma once

#include <cstddef>

namespace fer::nn {

/// From now on memory of this process's CPU tensors is kept when a tensor dies and given to the next ones, in pages of
/// 2 MiB where the system has them. A training step asks for the same few hundred megabytes every time; without this
/// each step gets them anew from the system, page by page and zeroed, which costs a quarter of a step. A process's
/// choice, so only a main calls it. Any number of threads may make tensors afterwards.
void reuseTensorMemory();

/// Bytes in use for tensors; those of less than 256 KiB do not count. Zero before reuseTensorMemory().
std::size_t tensorBytes();

}  // namespace fer::nn
