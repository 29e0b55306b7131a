#include "core/config/nearest_file.hpp"

namespace fer {

namespace fs = std::filesystem;

fs::path nearestFile(const fs::path& folder, std::initializer_list<fs::path> places) {
  std::error_code ignored;
  for (fs::path above = folder; !above.empty(); above = above.parent_path()) {
    for (const fs::path& place : places)
      if (fs::is_regular_file(above / place, ignored)) return above / place;
    if (above == above.parent_path()) break;  // the root
  }
  return {};
}

fs::path executableFolder() {
  std::error_code failed;
  return fs::read_symlink("/proc/self/exe", failed).parent_path();
}

}  // namespace fer
