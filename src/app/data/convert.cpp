#include <algorithm>
#include <fstream>
#include <iostream>
#include <set>
#include <string>

#include "app/data/look.hpp"
#include "app/pictures.hpp"
#include "fer/app/dataset.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/atomic_folder.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/core/text/joined.hpp"
#include "fer/data/csv/fer_csv.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

using data::Dataset;

/// The folder that a part's pictures lie in, as the usual folder edition of FER-2013 has them; "" for those of no part.
std::string folderOf(const std::string& part) {
  switch (data::roleOf(part)) {
    case data::Role::kTrain:
      return "train";
    case data::Role::kValidate:
      return "validation";
    case data::Role::kTest:
      return "test";
    case data::Role::kNothing:
      break;
  }
  return "";
}

/// "train/happy/Training_12.png": reading puts the rows back into the order of their numbers.
fs::path placeOf(const Dataset& dataset, std::size_t row) {
  const std::string& part = dataset.partName(row);
  const std::string name = (part.empty() ? "row" : part) + "_" + std::to_string(row) + ".png";
  return fs::path(folderOf(part)) / dataset.classes()[static_cast<std::size_t>(dataset.label(row))] / name;
}

void requireNamesOfFolders(const Dataset& dataset) {
  for (const std::string& name : dataset.classes())
    if (name.front() == '.' || name.find('/') != std::string::npos || name.find('\0') != std::string::npos)
      throw usageError("the class \"" + name + "\" cannot be the name of a folder. Name it otherwise with --classes.");
}

/// A tree has either parts above its classes or none.
void requirePartsOfOneKind(const Dataset& dataset, const fs::path& from) {
  std::size_t in_none = 0;
  for (const std::uint8_t part : dataset.columns().parts) in_none += dataset.parts()[part].empty() ? 1 : 0;
  if (in_none != 0 && in_none != dataset.size())
    throw dataError(from.string() + ": " + std::to_string(in_none) +
                    " rows have no Usage and the others have one, which no tree of folders can say. Give all rows one, "
                    "or none.");
}

void writePicture(const fs::path& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw ioError(file, "write");
}

void writeTree(const Dataset& dataset, const fs::path& folder) {
  AtomicFolder tree(folder);
  std::set<fs::path> made;
  for (std::size_t row = 0; row < dataset.size(); ++row) {
    const fs::path file = tree.part() / placeOf(dataset, row);
    if (made.insert(file.parent_path()).second) makeFolders(file.parent_path());
    writePicture(file, pngFile(dataset.pixels(row), dataset.shape()));
  }
  tree.commit();
}

/// What reading it again takes, where it is not what reading does by itself.
std::string readAgainWith(const Dataset& dataset, bool is_tree) {
  std::vector<std::string> sorted = dataset.classes();
  std::sort(sorted.begin(), sorted.end());
  const bool by_itself = dataset.classes() == data::fer2013Classes() || (is_tree && dataset.classes() == sorted);
  std::string text = by_itself ? "" : " --classes " + joined(dataset.classes(), ",");
  const ImageShape usual;
  const ImageShape shape = dataset.shape();
  if (shape.height != usual.height) text += " --height " + std::to_string(shape.height);
  if (shape.width != usual.width) text += " --width " + std::to_string(shape.width);
  if (shape.channels != usual.channels) text += " --channels " + std::to_string(shape.channels);
  return text;
}

}  // namespace

void convertDataset(const fs::path& from, const fs::path& to, const data::DataOptions& options, bool force) {
  const fs::path target = fs::absolute(to / "").lexically_normal().parent_path();
  if (!force && fs::exists(target))
    throw usageError(to.string() + ": exists already. Choose another name, or replace it with --force.");
  const bool to_tree = !fs::is_directory(from);
  if (force && fs::exists(target) && fs::is_directory(target) != to_tree)
    throw usageError(to.string() + ": " +
                     (to_tree ? "a file, where a folder is to be" : "a folder, where a CSV is to be") +
                     " written. Choose another name.");
  const data::LoadedData loaded = loadToLookAt(from, options);
  const Dataset& dataset = loaded.dataset;
  if (to_tree) {
    requireNamesOfFolders(dataset);
    requirePartsOfOneKind(dataset, from);
    writeTree(dataset, target);
  } else {
    data::writeFerCsv(dataset, target);
  }
  for (const std::string& note : loaded.notes) std::cout << note << "\n";
  std::cout << to.string() << ": " << dataset.size() << (to_tree ? " PNG files" : " rows") << " of "
            << dataset.classes().size() << " classes, data hash " << dataHash(dataset) << "\n";
  if (const std::string how = readAgainWith(dataset, to_tree); !how.empty())
    std::cout << "read it with" << how << " (data.* in a config)\n";
}

}  // namespace fer::app
