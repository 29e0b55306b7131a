#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fer/weights/torch_file.hpp"
#include "weights/torch/objects.hpp"
#include "weights/torch/strides.hpp"
#include "weights/torch/zip.hpp"

namespace fer::weights {
namespace {

/// The opcodes of a pickle of protocol 2, without a memo.
class PickleText {
 public:
  void raw(std::string_view opcodes) { text_ += opcodes; }
  template <typename T>
  void number(T value) {
    text_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view value) {
    raw("X");  // BINUNICODE
    number(static_cast<std::uint32_t>(value.size()));
    raw(value);
  }
  void integer(std::int64_t value) {
    raw("\x8a\x08");  // LONG1 of 8 bytes
    number(value);
  }
  void integers(const std::vector<std::int64_t>& values) {
    raw("(");
    for (const std::int64_t value : values) integer(value);
    raw("t");
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

constexpr std::string_view kEmptyOrderedDict = "ccollections\nOrderedDict\n)R";

void addTensor(PickleText& pickle, const std::string& key, const TensorType& type) {
  pickle.raw("ctorch._utils\n_rebuild_tensor_v2\n((");
  pickle.text("storage");
  pickle.raw("ctorch\n");
  pickle.raw(pickle::storageName(type.dtype));
  pickle.raw("\n");
  pickle.text(key);
  pickle.text("cpu");
  pickle.integer(static_cast<std::int64_t>(type.byteCount() / elementSize(type.dtype)));
  pickle.raw("tQ");
  pickle.integer(0);
  pickle.integers(type.shape);
  pickle.integers(rowMajorStrides(type.shape));
  pickle.raw("\x89");  // requires_grad: False
  pickle.raw(kEmptyOrderedDict);
  pickle.raw("tR");
}

std::string pickleOf(const NamedTensors& content) {
  PickleText pickle;
  pickle.raw("\x80\x02");
  pickle.raw(kEmptyOrderedDict);
  pickle.raw("(");
  std::size_t key = 0;
  for (const auto& [name, tensor] : content.tensors) {
    pickle.text(name);
    addTensor(pickle, std::to_string(key++), tensor.type);
  }
  pickle.raw("u.");
  return pickle.take();
}

}  // namespace

void writeTorchFile(const std::filesystem::path& path, const NamedTensors& content) {
  const std::string pickle = pickleOf(content);
  const std::string_view byte_order = "little", version = "3\n";
  std::vector<ZipRecord> records = {{"data.pkl", pickle.data(), pickle.size()},
                                    {"byteorder", byte_order.data(), byte_order.size()}};
  std::size_t key = 0;
  for (const auto& [name, tensor] : content.tensors)
    records.push_back({"data/" + std::to_string(key++), tensor.bytes.data(), tensor.bytes.size()});
  records.push_back({"version", version.data(), version.size()});
  AtomicFile file(path);
  writeZip(file, path, records);
  file.commit();
}

}  // namespace fer::weights
