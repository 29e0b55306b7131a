#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace fer::app {

/// A file to look at.
struct PredictInput {
  std::filesystem::path file;
  std::filesystem::path name;  ///< below the folder that was named, or the file's own
  std::string fault{};         ///< why there is nothing to look at; else empty

  bool isCsv() const;  ///< by its name's ending
};

/// The inputs in their order; a folder is the pictures in it and in its folders, sorted by path, told by their endings
/// (jpg, jpeg, png, bmp, webp). Links to folders are not followed. A folder that cannot be read or has no picture is an
/// input with a fault.
std::vector<PredictInput> listInputs(const std::vector<std::filesystem::path>& paths);

}  // namespace fer::app
