#include "fer/data/load.hpp"

#include <filesystem>
#include <utility>

#include "data/ferplus/join.hpp"
#include "data/folder/read.hpp"
#include "fer/core/error.hpp"
#include "fer/core/shell_path.hpp"
#include "fer/data/csv/fer_csv.hpp"

namespace fer::data {
namespace {

namespace fs = std::filesystem;

/// A kind of dataset. The first that takes a path reads it.
struct Reader {
  bool (*takes)(const fs::path& path);
  LoadedData (*read)(const DataOptions& options, const Reading& reading, bool other);
};

bool isFolder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool isFile(const fs::path&) {
  return true;  // pipes too
}

LoadedData readCsv(const DataOptions& options, const Reading& reading, bool other) {
  const bool usage_required = !other && options.protocol != "fractions";
  return {readFerCsv(options.path, {options.shape, options.classes, usage_required}, reading.threads), options, {}};
}

constexpr Reader kReaders[] = {
    {&isFolder, &folder::read},
    {&isFile, &readCsv},
};

Error missingDataset(const std::string& path) {
  return dataError(
      path +
      ": there is no such dataset. Get FER-2013 (fer2013.csv or icml_face_data.csv of Kaggle's \"Challenges "
      "in Representation Learning: Facial Expression Recognition Challenge\") and name it with --data FILE, "
      "or draw synthetic faces: fer-data synth " +
      shellPath(path) + " --rows 3000");
}

LoadedData load(const DataOptions& options, const Reading& reading, bool other) {
  requireDataset(options);
  const Reader* reader = kReaders;
  while (!reader->takes(options.path)) ++reader;
  LoadedData loaded = reader->read(options, reading, other);
  if (!ferplus::wanted(options)) return loaded;
  if (!other) return ferplus::join(std::move(loaded));
  try {
    return ferplus::join(loaded);
  } catch (const Error& error) {
    loaded.notes.push_back(std::string("warning: FER+ labels are left aside: ") + error.what());
    return loaded;
  }
}

}  // namespace

void requireDataset(const DataOptions& options) {
  std::error_code ignored;
  if (fs::status(options.path, ignored).type() == fs::file_type::not_found) throw missingDataset(options.path);
}

bool unneededVotesAreGone(const DataOptions& options) {
  std::error_code ignored;
  return options.targets == "hard" && ferplus::wanted(options) &&
         fs::status(options.ferplus, ignored).type() == fs::file_type::not_found;
}

LoadedData loadDataset(const DataOptions& options, const Reading& reading) {
  return load(options, reading, false);
}

LoadedData loadOtherDataset(const DataOptions& options, const Reading& reading) {
  return load(options, reading, true);
}

}  // namespace fer::data
