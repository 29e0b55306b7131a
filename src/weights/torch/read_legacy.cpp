// The format before PyTorch 1.6: five pickles (magic number, protocol, system, object, storage keys), then for each key
// its storage: an int64 count and the numbers.
#include <algorithm>
#include <fstream>

#include "weights/torch/containers.hpp"
#include "weights/torch/pickle.hpp"
#include "weights/torch/refusal.hpp"
#include "weights/torch/tensors.hpp"

namespace fer::weights {
namespace {

using pickle::ByteReader;
using pickle::Heap;
using pickle::Kind;
using pickle::Value;

constexpr std::string_view kMagicNumber = "\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";  ///< little-endian
constexpr std::int64_t kProtocolVersion = 1001;

/// The beginning of the file, which holds the pickles.
std::string readBeginning(std::ifstream& file, std::uint64_t size) {
  std::string text(std::min<std::uint64_t>(size, pickle::kLargestPickle), '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(text.size()))) throw damagedTorchFile("it cannot be read");
  return text;
}

void checkPreamble(ByteReader& bytes) {
  Heap heap;
  const Value magic = pickle::readPickle(bytes, heap);
  if (magic.kind != Kind::kLong || heap.text(magic) != kMagicNumber)
    throw notAStateDict("a pickle, but not one of torch.save");
  const Value protocol = pickle::readPickle(bytes, heap);
  if (protocol.kind != Kind::kInt || protocol.number != kProtocolVersion)
    throw damagedTorchFile("its format version is not 1001");
  const Value system = pickle::readPickle(bytes, heap);
  if (system.kind != Kind::kDict) throw damagedTorchFile("its system information is no dict");
  const std::vector<Value>& items = heap.sequence(system);
  for (std::size_t i = 0; i + 1 < items.size(); i += 2)
    if (items[i].kind == Kind::kText && heap.text(items[i]) == "little_endian" && items[i + 1].number == 0)
      throw TorchRefusal("its numbers are not little-endian. Save it again on a little-endian machine.");
}

/// The storages in the order of the file: every one of the heap's, each once.
std::vector<std::size_t> readStorageOrder(ByteReader& bytes, const Heap& heap) {
  Heap own;
  const Value keys = pickle::readPickle(bytes, own);
  if (keys.kind != Kind::kList) throw damagedTorchFile("its list of storages is no list");
  std::vector<std::size_t> order;
  std::vector<bool> seen(heap.storages.size(), false);
  for (const Value key : own.sequence(keys)) {
    if (key.kind != Kind::kText) throw damagedTorchFile("its list of storages has a key that is no text");
    const auto found = heap.storage_index.find(own.text(key));
    if (found == heap.storage_index.end() || seen[found->second])
      throw damagedTorchFile("no tensor, or a second one, has the storage " + quotedFromFile(own.text(key)));
    seen[found->second] = true;
    order.push_back(found->second);
  }
  if (order.size() != heap.storages.size()) throw damagedTorchFile("its list of storages is incomplete");
  return order;
}

/// Takes what it reads, or passes over where it is not needed, from `left`, the bytes up to the file's end.
Bytes readStorage(std::ifstream& file, const pickle::Storage& storage, bool needed, std::uint64_t& left) {
  std::int64_t count = 0;
  if (left < sizeof count || !file.read(reinterpret_cast<char*>(&count), sizeof count))
    throw damagedTorchFile("it ends before the storage " + quotedFromFile(storage.key));
  left -= sizeof count;
  const std::uint64_t size = storageSize(storage, left);
  if (count != storage.count)
    throw damagedTorchFile("its storage " + quotedFromFile(storage.key) + " has " + std::to_string(count) +
                           " numbers, expected " + std::to_string(storage.count));
  left -= size;
  if (!needed) {
    file.seekg(static_cast<std::streamoff>(size), std::ios::cur);
    return {};
  }
  Bytes numbers(size);
  if (!file.read(reinterpret_cast<char*>(numbers.data()), static_cast<std::streamsize>(size)))
    throw damagedTorchFile("it ends within the storage " + quotedFromFile(storage.key));
  return numbers;
}

}  // namespace

NamedTensors readTorchLegacy(const std::filesystem::path& path, std::uint64_t size) {
  std::ifstream file(path, std::ios::binary);
  const std::string beginning = readBeginning(file, size);
  ByteReader bytes(beginning);
  checkPreamble(bytes);
  Heap heap;
  const Value root = pickle::readPickle(bytes, heap);
  const TorchTensors tensors(heap, root, size);
  const std::vector<std::size_t> order = readStorageOrder(bytes, heap);

  file.seekg(static_cast<std::streamoff>(bytes.position()));
  std::uint64_t left = size - bytes.position();
  std::vector<Bytes> storages(heap.storages.size());
  for (const std::size_t storage : order)
    storages[storage] = readStorage(file, heap.storages[storage], tensors.needs(storage), left);
  if (left != 0) throw damagedTorchFile(std::to_string(left) + " bytes follow its last storage");
  return tensors.build(storages);
}

}  // namespace fer::weights
