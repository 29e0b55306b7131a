// Any bytes are either tensors of at most kTorchFileGrowth times the file's bytes, or an Error (bad data) that names
// the file. What begins as a pickle is read a second time as the pickle of a zip file, whose checksums a mutation
// cannot break.
#include "fer/weights/torch_file.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "fer/core/error.hpp"
#include "fuzz/driver.hpp"
#include "support/torch_bytes.hpp"

namespace {

using namespace fer;
using namespace std::string_literals;

void check(const std::string& content) {
  static const std::filesystem::path kPath =
      std::filesystem::temp_directory_path() / ("fer-fuzz-" + std::to_string(::getpid()) + ".pth");
  std::ofstream(kPath, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
  try {
    std::size_t data = 0;
    for (const auto& [name, tensor] : weights::readTorchFile(kPath).tensors) {
      fuzz::require(tensor.bytes.size() == tensor.type.byteCount(), "a tensor that breaks the contract");
      data += tensor.bytes.size();
    }
    fuzz::require(data <= weights::kTorchFileGrowth * content.size(), "more data than the file allows");
  } catch (const Error& error) {
    fuzz::requireDataError(error, kPath.string() + ": ");
  }
  std::filesystem::remove(kPath);
}

std::string protocol4() {
  const std::string storage =
      "(\x8c\7storage\x94\x8c\5torch\x94\x8c\13LongStorage\x94\x93\x94\x8c\1"
      "0\x94\x8c\3cpu\x94K\1t\x94Q";
  return "\x80\4\x95\x20\0\0\0\0\0\0\0}\x94(\x8c\1w\x94\x8c\14torch._utils\x94\x8c\22_rebuild_tensor_v2\x94\x93\x94("s +
         storage + "K\0K\1\x85\x94K\1\x85\x94\x89\x8c\13"s +
         "collections\x94\x8c\13OrderedDict\x94\x93\x94)R\x94t\x94R\x94u.";
}

std::string views() {
  const test::TensorText transposed = {{"0", 6}, 0, {3, 2}, {1, 3}}, part = {{"0", 6}, 1, {2}, {3}};
  return "\x80\2" + test::emptyOrderedDict() + "(" + test::pickleText("a") + test::pickleTensor(transposed) + "q\1" +
         test::pickleText("b") + test::pickleTensor(part) + test::pickleText("c") + "h\1u}" +
         test::pickleText("_metadata") + test::emptyOrderedDict() + "sb.";
}

std::string firstPyTorch() {
  const std::string part = "(U\1p" + test::pickleInt(0) + test::pickleInt(2) + "t";
  return "\x80\2" + test::pickleGlobal("collections", "OrderedDict") + "](](U\1w" +
         test::pickleGlobal("torch.nn.parameter", "Parameter") + test::pickleGlobal("torch._utils", "_rebuild_tensor") +
         "(" + test::pickleStorage({"0", 2, "FloatStorage", part}) + "K\0K\2\x85K\1\x85tR"s + "\x85R(\x88\x89" +
         test::emptyOrderedDict() + "tbee\x85R.";
}

std::string checkpoint() {
  const test::TensorText other = {{"1", 2, "HalfStorage"}};
  return "\x80\2}(" + test::pickleText("adam") + test::pickleTensor(other) + test::pickleText("epoch") + "K\1" +
         test::pickleText("model") + "}" + test::pickleText("state_dict") + "}" + test::pickleText("w") +
         test::pickleTensor() + "ssu.";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string content(reinterpret_cast<const char*>(bytes), size);
  check(content);
  if (content.starts_with("\x80") && size < 60000)
    check(test::zipFile({{"a/data.pkl", content}, {"a/data/0", std::string(8, '\1')}}));
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  const std::string one = test::pickleOf(test::TensorText{});
  const std::string six = test::bytesOf(std::int64_t{6}) + std::string(24, '\1');
  const std::string two = test::bytesOf(std::int64_t{2});
  const std::string eight = test::bytesOf(std::int64_t{1}) + std::string(8, '\1');
  return {
      one,
      protocol4(),
      firstPyTorch(),
      test::legacyFile(one),
      test::legacyFile(firstPyTorch()),
      test::legacyFile(protocol4(), {"0"}, eight),
      test::legacyFile(views(), {"0"}, six),
      checkpoint(),
      test::legacyFile(checkpoint(), {"1", "0"}, two + "1234" + two + std::string(8, '\1')),
      test::torchZip(checkpoint(), {{"a/data/1", "1234"}}),
      test::torchZip(one),
      test::torchZip(protocol4(), {{"a/byteorder", "little"}, {"a/version", "3\n"}}),
      test::zipFile({{"a/data.pkl", views()}, {"a/data/0", std::string(24, '\1')}}),
  };
}
