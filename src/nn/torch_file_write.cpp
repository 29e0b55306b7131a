#include <ATen/ATen.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fer/nn/torch_file.hpp"
#include "nn/torch_zip.hpp"

namespace fer::nn {
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
  void integers(at::IntArrayRef values) {
    raw("(");
    for (const std::int64_t value : values) integer(value);
    raw("t");
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

constexpr std::string_view kEmptyOrderedDict = "ccollections\nOrderedDict\n)R";

void addTensor(PickleText& pickle, const std::string& key, const at::Tensor& tensor) {
  pickle.raw("ctorch._utils\n_rebuild_tensor_v2\n((");
  pickle.text("storage");
  pickle.raw(tensor.scalar_type() == at::kFloat ? "ctorch\nFloatStorage\n" : "ctorch\nLongStorage\n");
  pickle.text(key);
  pickle.text("cpu");
  pickle.integer(tensor.numel());
  pickle.raw("tQ");
  pickle.integer(0);
  pickle.integers(tensor.sizes());
  pickle.integers(tensor.strides());
  pickle.raw("\x89");  // requires_grad: False
  pickle.raw(kEmptyOrderedDict);
  pickle.raw("tR");
}

std::vector<at::Tensor> contiguousTensors(const TensorFile& content) {
  std::vector<at::Tensor> tensors;
  for (const auto& [name, tensor] : content.tensors) {
    TORCH_CHECK(tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kLong, "writeTorchFile: ", name,
                " is neither float32 nor int64");
    tensors.push_back(tensor.detach().cpu().contiguous());
  }
  return tensors;
}

std::string pickleOf(const TensorFile& content, const std::vector<at::Tensor>& tensors) {
  PickleText pickle;
  pickle.raw("\x80\x02");
  pickle.raw(kEmptyOrderedDict);
  pickle.raw("(");
  std::size_t key = 0;
  for (const auto& [name, unused] : content.tensors) {
    pickle.text(name);
    addTensor(pickle, std::to_string(key), tensors[key]);
    ++key;
  }
  pickle.raw("u.");
  return pickle.take();
}

}  // namespace

void writeTorchFile(const std::filesystem::path& path, const TensorFile& content) {
  const std::vector<at::Tensor> tensors = contiguousTensors(content);
  const std::string pickle = pickleOf(content, tensors);
  const std::string_view byte_order = "little", version = "3\n";
  std::vector<ZipRecord> records = {{"data.pkl", pickle.data(), pickle.size()},
                                    {"byteorder", byte_order.data(), byte_order.size()}};
  for (std::size_t key = 0; key < tensors.size(); ++key)
    records.push_back({"data/" + std::to_string(key), tensors[key].data_ptr(), tensors[key].nbytes()});
  records.push_back({"version", version.data(), version.size()});
  AtomicFile file(path);
  writeZip(file, path, records);
  file.commit();
}

}  // namespace fer::nn
