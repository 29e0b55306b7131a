// In place of torch_zip.cpp where the build found no libzip.
#include "fer/core/error.hpp"
#include "weights/torch/refusal.hpp"
#include "weights/torch/zip.hpp"

namespace fer::weights {

struct ZipRecords::Archive {};

ZipRecords::ZipRecords(const std::filesystem::path&) {
  throw TorchRefusal(
      "fer was built without libzip, which PyTorch's zip format needs. Install it (libzip-dev) and build again.");
}

ZipRecords::~ZipRecords() = default;
std::vector<std::string> ZipRecords::names() const {
  return {};
}
std::uint64_t ZipRecords::size(const std::string&) const {
  return 0;
}
void ZipRecords::read(const std::string&, void*) const {}
std::string ZipRecords::text(const std::string&) const {
  return {};
}

void writeZip(AtomicFile&, const std::filesystem::path& path, const std::vector<ZipRecord>&) {
  throw Error(Fault::kOther, path.string() +
                                 ": cannot write PyTorch's format: fer was built without libzip. Install it " +
                                 "(libzip-dev) and build again.");
}

}  // namespace fer::weights
