#pragma once

#include "nn/torch_pickle_bytes.hpp"
#include "nn/torch_pickle_heap.hpp"

namespace fer::nn::pickle {

/// The object of the one pickle that begins at `bytes`, which stands behind that pickle afterwards. Knows what
/// torch.save writes with protocols 2 to 4, from Python 2 and 3, and refuses every other opcode by its name. Runs
/// nothing; the heap's memory is bounded by the bytes read. Throws TorchRefusal.
Value readPickle(Bytes& bytes, Heap& heap);

}  // namespace fer::nn::pickle
