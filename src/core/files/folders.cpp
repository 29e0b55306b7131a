#include "fer/core/files/folders.hpp"

#include <string>

#include "fer/core/error.hpp"

namespace fer {

namespace fs = std::filesystem;

fs::path wholePath(const fs::path& folder) {
  const fs::path whole = fs::absolute(folder).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

void makeFolders(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) throw ioError(folder, "make the folder", failed.value());
}

fs::path makeNumberedFolder(const fs::path& wanted) {
  const fs::path base = wholePath(wanted);
  makeFolders(base.parent_path());
  std::error_code failed;
  fs::path folder = base;
  for (int number = 2; !fs::create_directory(folder, failed); ++number) {
    // create_directory says false without an error where a folder stands; EEXIST where a file does.
    if (failed && failed != std::errc::file_exists) throw ioError(folder, "make the folder", failed.value());
    folder = base.string() + "-" + std::to_string(number);
  }
  return folder;
}

}  // namespace fer
