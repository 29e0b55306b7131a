#include "serve/rows/whole_file.hpp"

#include "fer/core/files/files.hpp"

namespace fer::serve {

void requireWritable(const std::filesystem::path& file) {
  std::error_code failed;
  const std::filesystem::file_status status = std::filesystem::status(file, failed);
  // A pipe that is opened and closed would tell its reader that all was said.
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
      !std::filesystem::is_directory(status))
    return;
  const AtomicFile trial(file);
}

}  // namespace fer::serve
