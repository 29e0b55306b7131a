#pragma once

#include "weights/torch/byte_reader.hpp"
#include "weights/torch/pickle_heap.hpp"

namespace fer::weights::pickle {

/// The object of the one pickle that begins at `bytes`, which stands behind that pickle afterwards. Knows what
/// torch.save writes with protocols 2 to 4, from Python 2 and 3, and refuses every other opcode by its name. Runs
/// nothing; the heap's memory is bounded by the bytes read. Throws TorchRefusal.
Value readPickle(ByteReader& bytes, Heap& heap);

}  // namespace fer::weights::pickle
