// The zip format: data.pkl is the pickle, data/KEY a storage's numbers, byteorder "little" or absent.
#include <algorithm>

#include "weights/torch/containers.hpp"
#include "weights/torch/pickle.hpp"
#include "weights/torch/refusal.hpp"
#include "weights/torch/tensors.hpp"
#include "weights/torch/zip.hpp"

namespace fer::weights {
namespace {

constexpr const char* kPickleRecord = "data.pkl";
constexpr const char* kByteOrderRecord = "byteorder";
const std::string kStorageFolder = "data/";

void checkKind(const ZipRecords& zip) {
  for (const std::string& name : zip.names())
    if (name == "constants.pkl" || name.starts_with("code/"))
      throw notAStateDict("a TorchScript archive (torch.jit.save), not a state dict");
  if (!zip.contains(kPickleRecord))
    throw notAStateDict("a zip file, but not one of torch.save: it has no record data.pkl");
  if (zip.size(kPickleRecord) > pickle::kLargestPickle) throw notAStateDict("its pickle is larger than 4 MiB");
  constexpr std::uint64_t kLongestByteOrder = 16;
  if (zip.contains(kByteOrderRecord) &&
      (zip.size(kByteOrderRecord) > kLongestByteOrder || zip.text(kByteOrderRecord) != "little"))
    throw TorchRefusal("its numbers are not little-endian. Save it again on a little-endian machine.");
}

pickle::Value readWholePickle(const std::string& text, pickle::Heap& heap) {
  pickle::ByteReader bytes(text);
  const pickle::Value root = pickle::readPickle(bytes, heap);
  if (bytes.left() != 0) throw damagedTorchFile("its pickle is followed by other bytes");
  return root;
}

/// Records that the pickle does not know are a sign of another format or of hidden content.
void checkAllUsed(const ZipRecords& zip, const pickle::Heap& heap) {
  for (const std::string& name : zip.names())
    if (name.starts_with(kStorageFolder) && !heap.storage_index.contains(name.substr(kStorageFolder.size())))
      throw damagedTorchFile("no tensor has the data of its zip record " + quotedFromFile(name));
}

Bytes readStorage(const ZipRecords& zip, const pickle::Storage& storage) {
  const std::string name = kStorageFolder + std::string(storage.key);
  const std::uint64_t size = zip.size(name);
  const std::uint64_t expected = storageSize(storage, size);
  if (expected != size)
    throw damagedTorchFile("its zip record " + quotedFromFile(name) + " has " + std::to_string(size) +
                           " bytes, expected " + std::to_string(expected));
  Bytes numbers(size);
  zip.read(name, numbers.data());
  return numbers;
}

}  // namespace

NamedTensors readTorchZip(const std::filesystem::path& path, std::uint64_t size) {
  const ZipRecords zip(path);
  checkKind(zip);
  const std::string text = zip.text(kPickleRecord);
  pickle::Heap heap;
  const pickle::Value root = readWholePickle(text, heap);
  const TorchTensors tensors(heap, root, size);
  checkAllUsed(zip, heap);
  std::vector<Bytes> storages(heap.storages.size());
  for (std::size_t i = 0; i < storages.size(); ++i)
    if (tensors.needs(i)) storages[i] = readStorage(zip, heap.storages[i]);
  return tensors.build(storages);
}

}  // namespace fer::weights
