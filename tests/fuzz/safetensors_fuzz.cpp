// Any bytes are either tensors no larger than the file, or an Error (bad data) that names the file.
#include "fer/weights/safetensors.hpp"

#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "fer/core/error.hpp"
#include "fuzz/driver.hpp"

namespace {

std::string fileOf(const std::string& header, const std::string& data) {
  const std::uint64_t length = header.size();
  std::string text(sizeof length, '\0');
  std::memcpy(text.data(), &length, sizeof length);
  return text + header + data;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace fer;
  static const std::filesystem::path kPath =
      std::filesystem::temp_directory_path() / ("fer-fuzz-" + std::to_string(::getpid()) + ".safetensors");
  std::ofstream(kPath, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
  try {
    std::size_t data = 0;
    for (const auto& [name, tensor] : weights::readSafetensors(kPath).tensors) {
      fuzz::require(tensor.bytes.size() == tensor.type.byteCount(), "a tensor that breaks the contract");
      data += tensor.bytes.size();
    }
    fuzz::require(data <= size, "more data than the file holds");
  } catch (const Error& error) {
    fuzz::requireDataError(error, kPath.string());
  }
  std::filesystem::remove(kPath);
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  return {
      fileOf(R"({"__metadata__":{"k":"{\"v\":1}"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", "12345678"),
      fileOf(
          R"({"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}})",
          "123456789012"),
      fileOf(
          R"({"a":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},"b":{"dtype":"BOOL","shape":[2],"data_offsets":[6,8]}})",
          "12345678"),
      fileOf("{}", ""),
  };
}
