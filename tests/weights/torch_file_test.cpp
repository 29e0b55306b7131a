#include "fer/weights/torch_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "support/temp_folder.hpp"
#include "support/tensor_values.hpp"
#include "support/torch_bytes.hpp"
#include "weights/torch/zip.hpp"

namespace fer::weights {
namespace {

using namespace std::string_literals;  // NOLINT(google-build-using-namespace)
using namespace test;                  // NOLINT(google-build-using-namespace): the bytes of files
using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::filesystem::path kFiles = std::filesystem::path(FER_FIXTURES) / "torch_files";

/// What reading a file with this content says, "" where it is read.
std::string errorOf(const std::filesystem::path& path) {
  try {
    readTorchFile(path);
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kData) << error.what();
    EXPECT_TRUE(std::string(error.what()).starts_with(path.string() + ": ")) << error.what();
    return error.what();
  }
}

std::string errorOf(const std::string& content) {
  const TempFolder folder;
  std::ofstream(folder / "x.pth", std::ios::binary) << content;
  return errorOf(folder / "x.pth");
}

std::string storageData(const std::vector<float>& values) {
  std::string data = bytesOf(static_cast<std::int64_t>(values.size()));
  for (const float value : values) data += bytesOf(value);
  return data;
}

DType dtypeNamed(const std::string& name) {
  constexpr DType kOthers[] = {DType::kFloat64, DType::kFloat16, DType::kBfloat16, DType::kInt32,
                               DType::kInt16,   DType::kInt8,    DType::kUint8,    DType::kBool};
  return *std::find_if(std::begin(kOthers), std::end(kOthers), [&](DType dtype) { return nameOf(dtype) == name; });
}

Tensor tensorOf(const json& expected) {
  const auto shape = expected["shape"].get<std::vector<std::int64_t>>();
  if (expected.contains("bytes")) {
    Tensor tensor = test::tensorOf(shape, expected["bytes"].get<std::vector<std::uint8_t>>());
    tensor.type.dtype = dtypeNamed(expected["dtype"]);
    return tensor;
  }
  if (expected["dtype"] == "int64") return test::tensorOf(shape, expected["values"].get<std::vector<std::int64_t>>());
  return test::tensorOf(shape, expected["values"].get<std::vector<float>>());
}

TEST(TorchFile, ReadsWhatPyTorchReads) {
  const json files = json::parse(readFile(kFiles / "expected.json", Fault::kOther));
  EXPECT_EQ(files.size(), 16U);
  for (const auto& [name, expected] : files.items()) {
    const NamedTensors file = readTorchFile(kFiles / name);
    EXPECT_EQ(file.tensors.size(), expected.size()) << name;
    EXPECT_TRUE(file.metadata.empty());
    for (const auto& [key, tensor] : expected.items()) {
      ASSERT_TRUE(file.tensors.contains(key)) << name << " " << key;
      EXPECT_TRUE(same(file.tensors.at(key), tensorOf(tensor))) << name << " " << key;
    }
  }
}

TEST(TorchFile, TensorsOfOneStorageShareNoMemory) {
  const NamedTensors file = readTorchFile(kFiles / "views_zip.pth");
  const std::vector<float> again = valuesOf<float>(file.tensors.at("again"));
  const Bytes& whole = file.tensors.at("whole").bytes;
  std::memset(whole.data(), 5, whole.size());
  EXPECT_EQ(valuesOf<float>(file.tensors.at("again")), again);
}

TEST(TorchFile, SaysWhichEntryOfATrainingCheckpointItOpened) {
  const struct {
    const char* name;
    const char* note;
  } cases[] = {
      {"checkpoint_zip.pth", "opened its entry \"state_dict\""},
      {"checkpoint_legacy.pth", "opened its entry \"state_dict\""},
      {"nested.pth", "opened its entry \"model/state_dict\""},
  };
  for (const auto& c : cases) EXPECT_THAT(readTorchFile(kFiles / c.name).notes, ElementsAre(c.note)) << c.name;
  EXPECT_THAT(readTorchFile(kFiles / "zip.pth").notes, IsEmpty());
}

/// Numbers that no weight of the model has are neither read nor judged, only passed over.
TEST(TorchFile, PassesOverWhatElseATrainingCheckpointHolds) {
  const std::string pickle = "\x80\x02}(" + pickleText("other") + pickleTensor({{"1", 1, "DoubleStorage"}, 0, {1}}) +
                             pickleText("state_dict") + "}" + pickleText("w") + pickleTensor() + "su.";
  const std::string other = bytesOf(std::int64_t{1}) + std::string(8, 'x');
  const TempFolder folder;
  writeFile(folder / "x.pth", legacyFile(pickle, {"1", "0"}, other + storageData({1, 2})));
  EXPECT_TRUE(same(readTorchFile(folder / "x.pth").tensors.at("w"), test::tensorOf<float>({2}, {1, 2})));
  writeFile(folder / "y.pth", torchZip(pickle, {{"a/data/1", std::string(8, 'x')}}));
  EXPECT_TRUE(same(readTorchFile(folder / "y.pth").tensors.at("w"), test::tensorOf<float>({2}, {1, 2})));
  EXPECT_THAT(errorOf(legacyFile(pickle, {"0", "1"}, storageData({1, 2}) + other.substr(0, 12))),
              HasSubstr("its storage \"1\" of 1 numbers is larger than its data, 4 bytes"));
}

TEST(TorchFile, RefusesByNameWhatIsNoStateDict) {
  const struct {
    const char* name;
    const char* message;
  } cases[] = {
      {"complex.pth", "tensor \"w\" has the element type complex64, which is not read. Convert the model first"},
      {"uint16.pth", "asks for the global torch._utils._rebuild_tensor_v3"},
      {"checkpoint.pth", "its entry \"epoch\" is an integer, expected a tensor. Of a training checkpoint take"},
      {"module.pth", "a whole pickled model (torch.nn.modules.container.Sequential)"},
  };
  for (const auto& c : cases) EXPECT_THAT(errorOf(kFiles / c.name), HasSubstr(c.message)) << c.name;
}

/// Python 2 and PyTorch 0.1: byte strings, an OrderedDict of a list of pairs, Parameters with a state, parts of
/// storages.
TEST(TorchFile, ReadsFilesOfTheFirstPyTorch) {
  const std::string part = "(" + pickleText("part") + pickleInt(1) + pickleInt(2) + "t";
  const std::string tensor = pickleGlobal("torch._utils", "_rebuild_tensor") + "(" +
                             pickleStorage({"7", 3, "FloatStorage", part}) + "K\0K\2\x85K\1\x85tR"s;
  const std::string parameter =
      pickleGlobal("torch.nn.parameter", "Parameter") + tensor + "\x85R(\x88\x89" + emptyOrderedDict() + "tb";
  const std::string pickle =
      "\x80\x02" + pickleGlobal("collections", "OrderedDict") + "](](U\1w" + parameter + "ee\x85R.";
  const TempFolder folder;
  writeFile(folder / "x.pth", legacyFile(pickle, {"7"}, storageData({1, 2, 3})));
  EXPECT_TRUE(same(readTorchFile(folder / "x.pth").tensors.at("w"), test::tensorOf<float>({2}, {2, 3})));
}

TEST(TorchFile, NamesFilesOfOtherKinds) {
  const struct {
    std::string content;
    const char* message;
  } cases[] = {
      {"", "the file is empty"},
      {"\n <!DOCTYPE html><html>Not found", "a web page"},
      {"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer"},
      {"\x10\0\0\0\0\0\0\0{\"__metadata__\":{}}"s, "a safetensors file"},
      {std::string(257, '\0') + "ustar  ", "a tar archive, perhaps of PyTorch before 0.2"},
      {"hello", "neither a zip file nor a pickle"},
      {"\x80\x02}.", "a pickle, but not one of torch.save"},
      {zipFile({{"a/b", "c"}}), "it has no record data.pkl"},
      {zipFile({{"a/data.pkl", pickleOf(TensorText{})}, {"a/constants.pkl", ""}}), "a TorchScript archive"},
      {zipFile({{"a/data.pkl", pickleOf(TensorText{})}, {"a/code/x.py", ""}}), "a TorchScript archive"},
      {zipFile({}), "zip"},
  };
  for (const auto& c : cases) EXPECT_THAT(errorOf(c.content), HasSubstr(c.message));
  const TempFolder folder;
  EXPECT_THAT(errorOf(folder.path()), HasSubstr("cannot read: Is a directory"));
  EXPECT_THAT(errorOf(folder / "missing"), HasSubstr("cannot open: No such file"));
}

TEST(TorchFile, RefusesHostilePickles) {
  const std::string system = pickleText("id") + "\x85R";
  const std::string w = pickleText("w");
  const struct {
    std::string pickle;
    const char* message;
  } cases[] = {
      {pickleOf(pickleGlobal("os", "system") + system),
       "the pickle asks for the global os.system, which no state dict needs"},
      {pickleOf(pickleText("os") + pickleText("system") + "\x93" + system), "asks for the global os.system"},
      {pickleOf("\x8c\2os\x94\x8c\6system\x94\x93" + system), "asks for the global os.system"},
      {pickleOf(pickleGlobal("builtins", "eval") + system), "asks for the global builtins.eval"},
      {pickleOf(pickleGlobal("builtins", "getattr") + system), "asks for the global builtins.getattr"},
      {pickleOf(pickleGlobal("torch.storage", "_load_from_bytes") + system), "global torch.storage._load_from_bytes"},
      {pickleOf(pickleGlobal("torch", "load") + system), "asks for the global torch.load"},
      {pickleOf(pickleGlobal("collections", "OrderedDict.update") + system), "global collections.OrderedDict.update"},
      {pickleOf(pickleGlobal("__main__", "\x1b[31mNet") + ")\x81"), "asks for the global __main__.?[31mNet"},
      {pickleOf(pickleText("f") + ")R"), "there is a text where a class or function is needed"},
      {pickleOf(pickleGlobal("torch", "FloatStorage") + ")R"), "calls torch.FloatStorage with other arguments"},
      {pickleOf(pickleGlobal("torch._utils", "_rebuild_tensor_v2") + ")R"),
       "calls torch._utils._rebuild_tensor_v2 with other"},
      {pickleOf(pickleGlobal("collections", "OrderedDict") + w + "\x85R"), "calls collections.OrderedDict with other"},
      {pickleOf(pickleGlobal("collections", "OrderedDict") + "]" + w + "a\x85R"),
       "calls collections.OrderedDict with other"},
      {pickleOf(pickleGlobal("torch.nn.parameter", "Parameter") + w + "\x85R"),
       "calls torch.nn.parameter.Parameter with other"},
      {pickleOf(pickleGlobal("torch._utils", "_rebuild_parameter") + w + "\x88}\x87R"),
       "_rebuild_parameter with other"},
      {pickleOf(pickleTensor() + "(K\1tb"), "sets the state (BUILD) of a tensor"},
      {pickleOf("]}b"), "sets the state (BUILD) of a list"},
      {pickleOf("\x82\1"), "the opcode EXT1"},
      {pickleOf("\x83\1\1"), "the opcode EXT2"},
      {pickleOf("\x84\1\1\1\1"), "the opcode EXT4"},
      {pickleOf("P0\n"), "the opcode PERSID"},
      {pickleOf("ios\nsystem\n"), "the opcode INST"},
      {pickleOf("(" + pickleGlobal("collections", "OrderedDict") + "o"), "the opcode OBJ"},
      {pickleOf(pickleGlobal("collections", "OrderedDict") + ")\x81"), "the opcode NEWOBJ"},
      {pickleOf("\xff"), "there is no opcode 255"},
      {pickleOf(w + "Q"), "there is a text where a tuple is needed"},
      {pickleOf("(" + pickleText("module") + "NNNtQ"), "refers to something other than a storage"},
      {pickleOf("(" + pickleText("module") + pickleGlobal("torch", "FloatStorage") + w + w + "K\1tQ"),
       "other than a storage"},
      {pickleOf("h\x07"), "the memo has no entry 7"},
      {pickleOf("j\xff\xff\xff\xff"), "the memo has no entry 4294967295"},
      {pickleOf("Nr\xff\xff\xff\x7f"), "memo index 2147483647 is out of range"},
      {pickleOf("Nq\xff"), "memo index 255 is out of range"},
      {"\x80\x02.", "the stack runs empty"},
      {"\x80\x02(.", "a mark is left over"},
      {"\x80\x02NN.", "values are left over"},
      {"\x80\x02N(.", "a mark is left over"},
      {"\x80\x02t.", "a mark is missing"},
      {"\x80\x02}u.", "a mark is missing"},
      {"\x80\x02}(Nu.", "a dict has a key without a value"},
      {"\x80\x02N(s.", "the stack runs empty"},
      {"\x80\x02}(a.", "the stack runs empty"},
      {"\x80\x02](NNe(e.", "no state dict but a list"},
      {"\x80\x02(t.", "no state dict but a tuple"},
      {"\x80\x02N.", "no state dict but None"},
      {"\x80\x02](h\5e.", "the memo has no entry 5"},
      {"\x80\x02]q\1h\1a.", "no state dict but a list"},
      {"\x80\x02}q\1" + w + "h\1s.", "its entry \"w\" is a dict, expected a tensor"},
      {"\x80\x02}q\1" + pickleText("model") + "h\1s.", "its entry \"model\" is a dict, expected a tensor"},
      {"\x80\x02}" + pickleText("state_dict") + "K\1s.", "its entry \"state_dict\" is an integer"},
      {"\x80\x02}" + pickleText("state_dict") + "}" + w + "K\1ss.", "its entry \"w\" is an integer"},
      {"\x80\x02}q\1h\1Ns.", "one of its keys is a dict"},
      {"\x80\x02}K\1" + pickleTensor() + "s.", "one of its keys is an integer"},
      {"\x80\x02}(" + w + pickleTensor() + w + pickleTensor() + "u.", "tensor \"w\" stands twice"},
      {"\x80\x02}" + pickleText("\xff") + pickleTensor() + "s.", "has a name that is not UTF-8"},
      {"\x80\x05}.", "its pickle has protocol 5, expected 2, 3 or 4"},
      {"\x80\x01}.", "its pickle has protocol 1"},
      {"\x80\x02X\xff\xff\xff\xffw", "its pickle ends within an instruction"},
      {"\x80\x02T\xff\xff\xff\xffw", "its pickle ends within an instruction"},
      {"\x80\x04\x95\xff\xff\xff\xff\xff\xff\xff\x7f}.", "a frame is longer than the file"},
      {"\x80\x02\x8e\xff\xff\xff\xff\xff\xff\xff\x7f", "the opcode BINBYTES8"},
      {"\x80\x02" + std::string(100000, ']') + std::string(99999, 'a') + ".", "no state dict but a list"},
      {"\x80\x02" + std::string(100000, '('), "pickle"},
  };
  for (const auto& c : cases) EXPECT_THAT(errorOf(legacyFile(c.pickle)), HasSubstr(c.message));
}

TEST(TorchFile, RefusesImpossibleTensors) {
  constexpr std::int64_t kHuge = std::int64_t{1} << 62;
  const StorageText two = {"0", 2};
  const struct {
    std::string pickle;
    const char* message;
  } cases[] = {
      {pickleOf(TensorText{two, 0, {3}, {1}}), "tensor \"w\" does not fit into its storage"},
      {pickleOf(TensorText{two, 1, {2}, {1}}), "does not fit"},
      {pickleOf(TensorText{two, 0, {2}, {2}}), "does not fit"},
      {pickleOf(TensorText{two, -1, {1}, {1}}), "does not fit"},
      {pickleOf(TensorText{two, 0, {-2}, {1}}), "does not fit"},
      {pickleOf(TensorText{two, 1, {2}, {-1}}), "does not fit"},
      {pickleOf(TensorText{two, 0, {2}, {1, 1}}), "does not fit"},
      {pickleOf(TensorText{two, 0, {2, 2}, {1}}), "does not fit"},
      {pickleOf(TensorText{two, INT64_MAX, {2}, {1}}), "does not fit"},
      {pickleOf(TensorText{two, 0, {3}, {kHuge}}), "does not fit"},
      {pickleOf(TensorText{two, 0, {kHuge, kHuge}, {0, 0}}), "does not fit"},
      {pickleOf(TensorText{two, 0, {0, kHuge, kHuge}, {0, 0, 0}}), "does not fit"},
      {pickleOf(TensorText{two, 0, {1 << 20, 1 << 20}, {0, 0}}), "more than 4 times the file's size"},
      {pickleOf(TensorText{two, 0, std::vector<std::int64_t>(65, 1), std::vector<std::int64_t>(65, 1)}),
       "more than 64 dimensions"},
      {pickleOf(TensorText{{"0", -2}}), "its storage \"0\" has a negative size"},
      {pickleOf(TensorText{{"0", kHuge}}),
       "its storage \"0\" of 4611686018427387904 numbers is larger than its data, 8 bytes"},
      {pickleOf(TensorText{{"0", 1 << 30}}), "is larger than its data, 8 bytes"},
      {pickleOf(TensorText{{"0", 2, "HalfStorage"}}), "4 bytes follow its last storage"},
      {pickleOf(TensorText{{"0", 2, "DoubleStorage"}}), "of 2 numbers is larger than its data, 8 bytes"},
      {pickleOf(TensorText{{"0", 1, "ComplexFloatStorage"}}), "element type complex64"},
      {pickleOf(TensorText{{"0", 8, "QInt8Storage"}}), "element type qint8"},
      {pickleOf(TensorText{{"0", 2, "UntypedStorage"}}), "asks for the global torch.UntypedStorage"},
      {pickleOf(TensorText{{"0", 2, "FloatStorage", "(" + pickleText("p") + pickleInt(1) + pickleInt(2) + "t"}}),
       "impossible part of a storage"},
      {pickleOf(TensorText{{"0", 2, "FloatStorage", "(" + pickleText("p") + pickleInt(-1) + pickleInt(2) + "t"}}),
       "impossible part of a storage"},
      {"\x80\x02}(" + pickleText("a") + pickleTensor() + pickleText("b") + pickleTensor({{"0", 1}, 0, {1}}) + "u.",
       "describes the storage \"0\" in two ways"},
  };
  for (const auto& c : cases) EXPECT_THAT(errorOf(legacyFile(c.pickle)), HasSubstr(c.message));
}

/// A pickle of many names for one tensor, which the memo makes short: {"000": w, "001": w, ...}.
std::string manyNames(int count, const TensorText& tensor) {
  std::string pickle = "\x80\x02}" + pickleText("x") + pickleTensor(tensor) + "q\1s(";
  for (int i = 0; i < count; ++i) pickle += pickleText(std::to_string(i)) + "h\1";
  return pickle + "u.";
}

TEST(TorchFile, RefusesToGrowWithoutBound) {
  const std::vector<float> values(1000, 1.0F);
  const TensorText whole = {{"0", 1000}, 0, {1000}, {1}};
  EXPECT_EQ(errorOf(legacyFile(manyNames(2, whole), {"0"}, storageData(values))), "");
  EXPECT_THAT(errorOf(legacyFile(manyNames(20, whole), {"0"}, storageData(values))), HasSubstr("more than 4 times"));
  EXPECT_THAT(errorOf(legacyFile(manyNames(2000, {{"0", 2}, 0, {0}, {1}}))), HasSubstr("more than 4 times"));
  // A list of pairs that is made to a dict again and again.
  std::string pairs = "\x80\x02]q\1(";
  for (int i = 0; i < 100; ++i) pairs += "(NNt";
  pairs += "e";
  for (int i = 0; i < 100; ++i) pairs += pickleGlobal("collections", "OrderedDict") + "h\1\x85R";
  EXPECT_THAT(errorOf(legacyFile(pairs + ".")), HasSubstr("calls collections.OrderedDict with other arguments"));
}

TEST(TorchFile, RefusesDamagedLegacyFiles) {
  const std::string pickle = pickleOf(TensorText{});
  const std::string data = storageData({1, 2});
  const struct {
    std::string content;
    const char* message;
  } cases[] = {
      {legacyFile(pickle) + "x", "1 bytes follow its last storage"},
      {legacyFile(pickle, {}, ""), "its list of storages is incomplete"},
      {legacyFile(pickle, {"1"}, data), "no tensor, or a second one, has the storage \"1\""},
      {legacyFile(pickle, {"0", "0"}, data + data), "no tensor, or a second one, has the storage \"0\""},
      {legacyFile(pickle, {"0"}, storageData({1, 2, 3})), "its storage \"0\" has 3 numbers, expected 2"},
      {legacyFile(pickle, {"0"}, bytesOf(std::int64_t{-1}) + bytesOf(0.0)), "has -1 numbers, expected 2"},
      {legacyFile(pickleOf(TensorText{{"../../etc/passwd"}}), {"0"}, data),
       "no tensor, or a second one, has the storage \"0\""},
  };
  for (const auto& c : cases) EXPECT_THAT(errorOf(c.content), HasSubstr(c.message));
}

TEST(TorchFile, RefusesHostileZipFiles) {
  const std::string pickle = pickleOf(TensorText{});
  const std::string good = torchZip(pickle);
  const std::string eight(8, 'x');
  EXPECT_EQ(errorOf(good), "");
  const struct {
    std::string content;
    const char* message;
  } cases[] = {
      {torchZip(pickleOf(pickleGlobal("os", "system") + ")R")), "asks for the global os.system"},
      {torchZip(pickleOf(TensorText{{"../../etc/passwd"}})), "no tensor has the data of its zip record \"data/0\""},
      {zipFile({{"a/data.pkl", pickleOf(TensorText{{"../../etc/passwd"}})}}),
       "it has no zip record \"data/../../etc/passwd\""},
      {zipFile({{"a/data.pkl", pickle}}), "it has no zip record \"data/0\""},
      {zipFile({{"a/data.pkl", pickle}, {"a/data/0", "1234"}}), "is larger than its data, 4 bytes"},
      {zipFile({{"a/data.pkl", pickle}, {"a/data/0", std::string(12, 'x')}}), "\"data/0\" has 12 bytes, expected 8"},
      {zipFile({{"a/data.pkl", pickle + "x"}, {"a/data/0", eight}}), "its pickle is followed by other bytes"},
      {torchZip(pickle, {{"a/data/1", eight}}), "no tensor has the data of its zip record \"data/1\""},
      {torchZip(pickle, {{"a/data.pkl", pickle}}), "the zip file cannot be opened"},
      {torchZip(pickle, {{"b/data.pkl", pickle}}), "do not stand in one folder"},
      {zipFile({{"data.pkl", pickle}}), "do not stand in one folder"},
      {torchZip(pickle, {{"a/byteorder", "big"}}), "its numbers are not little-endian"},
      {torchZip(pickle, {{"a/x", "\x03\0"s, 8}}), "its zip record \"a/x\" is compressed"},
      {torchZip(pickle, {{"a/bomb", eight, 8, 0xf0000000U}}), "its zip record \"a/bomb\" is compressed"},
      {torchZip(pickle, {{"a/x", eight, 0, 0xf0000000U}}), "its zip record \"a/x\" has two sizes"},
      {torchZip(pickle, {{"a/x", eight, 0, 0x70000000U, 0x70000000U}}), "the zip file cannot be opened"},
      {zipFile({{"a/data.pkl", pickle}, {"a/data/0", eight, 0, 8, 8, 1}}), "cannot be read or has a wrong checksum"},
      {torchZip(pickle, {{"a/x", eight, 0, 8, 8, crc32Of(eight), 0}}), "the zip file cannot be opened"},
      {torchZip(pickle, {{"a/x", eight, 0, 8, 8, crc32Of(eight), -1, 1}}), "zip"},
      {good + "x", "directory does not end where the file ends"},
      {good.substr(0, good.size() - 1), "directory does not end where the file ends"},
      {"PK\3\4" + good, "zip"},
      {"PK\3\4", "the zip file ends too early"},
      {"PK\5\6" + std::string(18, '\0'), "neither a zip file nor a pickle"},
  };
  for (const auto& c : cases) EXPECT_THAT(errorOf(c.content), HasSubstr(c.message));
}

/// A record within another one's data: the directory's sizes add up to more than the file.
TEST(TorchFile, RefusesOverlappingZipRecords) {
  const std::string inner_data(400, 'i');
  const std::string inner = zipFile({{"a/inner", inner_data}}).substr(0, 30 + 7 + 400);
  const std::string first = zipFile({{"a/data.pkl", inner}});
  const std::int64_t place = 30 + 10;  // behind the outer header
  EXPECT_THAT(
      errorOf(zipFile({{"a/data.pkl", inner}, {"a/inner", inner_data, 0, 400, 400, crc32Of(inner_data), place}})),
      HasSubstr("its zip records overlap"));
}

TEST(TorchFile, RefusesEveryTruncation) {
  const std::string contents[] = {legacyFile(pickleOf(TensorText{})), torchZip(pickleOf(TensorText{})),
                                  readFile(kFiles / "legacy_protocol4.pth", Fault::kOther),
                                  readFile(kFiles / "no_tensors.pth", Fault::kOther)};
  const TempFolder folder;
  for (const std::string& content : contents) {
    EXPECT_EQ(errorOf(content), "");
    std::ofstream(folder / "x.pth", std::ios::binary) << content;
    for (std::size_t length = content.size(); length-- > 0;) {
      std::filesystem::resize_file(folder / "x.pth", length);
      EXPECT_NE(errorOf(folder / "x.pth"), "") << length << " of " << content.size();
    }
  }
}

NamedTensors sample() {
  NamedTensors file;
  file.tensors["w"] = test::tensorOf<float>({2, 3}, {1.5F, -2.0F, 0.25F, 0.0F, 1.0F, 2.0F});
  file.tensors["counts"] = test::tensorOf<std::int64_t>({2}, {-1, std::int64_t{1} << 40});
  file.tensors["empty"] = test::tensorOf<float>({0, 3}, {});
  file.tensors["scalar"] = test::tensorOf<float>({}, {3.5F});
  file.metadata["dropped"] = "yes";
  return file;
}

void expectSample(const NamedTensors& file) {
  const NamedTensors expected = sample();
  ASSERT_EQ(file.tensors.size(), expected.tensors.size());
  for (const auto& [name, tensor] : expected.tensors) {
    EXPECT_TRUE(same(file.tensors.at(name), tensor)) << name;
  }
  EXPECT_TRUE(file.metadata.empty());
}

TEST(TorchFile, WritesWhatItReads) {
  const TempFolder folder;
  writeTorchFile(folder / "x.pth", sample());
  expectSample(readTorchFile(folder / "x.pth"));
  writeTorchFile(folder / "y.pth", sample());
  EXPECT_EQ(readFile(folder / "x.pth", Fault::kOther), readFile(folder / "y.pth", Fault::kOther));
  writeTorchFile(folder / "none.pth", {});
  EXPECT_TRUE(readTorchFile(folder / "none.pth").tensors.empty());
  EXPECT_THROW(writeTorchFile(folder / "no" / "x.pth", sample()), Error);
}

/// tests/oracles/torch_files.py sees to it that Python's PyTorch reads by_fer.pth. To make that file again, set
/// FER_WRITE_TORCH_FILE to its path and run this test.
TEST(TorchFile, WritesWhatPyTorchReads) {
  if (const char* path = std::getenv("FER_WRITE_TORCH_FILE")) writeTorchFile(path, sample());
  expectSample(readTorchFile(kFiles / "by_fer.pth"));
  const TempFolder folder;
  writeTorchFile(folder / "x.pth", sample());
  // Record by record: another libzip may fill in the headers in another way.
  const ZipRecords written(folder / "x.pth"), checked(kFiles / "by_fer.pth");
  ASSERT_EQ(written.names(), checked.names());
  for (const std::string& name : checked.names()) EXPECT_EQ(written.text(name), checked.text(name)) << name;
}

}  // namespace
}  // namespace fer::weights
