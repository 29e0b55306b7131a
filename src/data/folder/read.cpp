#include "data/folder/read.hpp"

#include <algorithm>
#include <utility>

#include "data/folder/classes.hpp"
#include "data/folder/names.hpp"
#include "data/folder/pictures.hpp"
#include "data/folder/tree.hpp"
#include "fer/core/error.hpp"
#include "fer/core/text/joined.hpp"

namespace fer::data::folder {
namespace {

/// What the default of data.classes says is not said by the user.
void requireClasses(const Tree& tree, const DataOptions& options) {
  if (tree.classes.size() < 2)
    throw dataError(options.path + ": a single folder of a class, " + joined(tree.classes) +
                    ": expected two classes at least, a folder each.");
  if (options.classes == fer2013Classes()) return;
  if (const std::string text = difference(tree.classes, options.classes); !text.empty())
    throw dataError(options.path + ": its folders are not data.classes: " + text +
                    ". Leave data.classes out to take the folders' names.");
}

/// Lists what cannot be read; throws where that is not to be borne.
void reportUnreadable(const Decoded& decoded, std::size_t pictures, const DataOptions& options,
                      std::vector<std::string>& notes) {
  if (decoded.unreadable.empty()) return;
  const std::size_t count = decoded.unreadable.size();
  std::string text = std::to_string(count) + " of " + std::to_string(pictures) + " pictures cannot be read" +
                     (count > decoded.why.size() ? " (first " + std::to_string(decoded.why.size()) + " shown):" : ":");
  for (const auto& [index, why] : decoded.why) text += "\n  " + why;
  if (count == pictures) throw dataError(options.path + ": " + text);
  if (options.unreadable == "fail")
    throw dataError(options.path + ": " + text + "\nMend or remove them, or leave them out with data.unreadable=skip.");
  notes.push_back("warning: left out, " + text);
}

DatasetColumns columnsOf(const Tree& tree, const Classes& classes, std::vector<std::uint8_t> pixels) {
  DatasetColumns columns;
  columns.pixels = std::move(pixels);
  for (const Picture& picture : tree.pictures) {
    columns.row_ids.push_back(static_cast<std::uint32_t>(columns.labels.size()));
    columns.labels.push_back(classes.of_folder[picture.folder_class]);
    columns.parts.push_back(picture.part);
  }
  return columns;
}

Dataset withoutUnreadable(Dataset dataset, const std::vector<std::uint32_t>& unreadable) {
  if (unreadable.empty()) return dataset;
  std::vector<std::uint32_t> kept;
  for (std::uint32_t row = 0; row < dataset.size(); ++row)
    if (!std::binary_search(unreadable.begin(), unreadable.end(), row)) kept.push_back(row);
  return std::move(dataset).compacted(kept);
}

}  // namespace

LoadedData read(const DataOptions& options, const Reading& reading, bool other) {
  if (!reading.pictures)
    throw dataError(
        options.path +
        ": a folder of pictures, which this fer cannot read: it was built without OpenCV. Build it where "
        "OpenCV's imgcodecs is installed, or convert the folder elsewhere: fer-data convert FOLDER out.csv");
  Tree tree = walk(options.path);
  if (!other) requireClasses(tree, options);
  const Classes classes = classesOf(tree.classes, options.classes);
  std::vector<std::string> parts = putInOrder(tree);
  LoadedData loaded{{}, options, std::move(tree.notes)};
  Decoded decoded = decodeAll(options.path, tree.pictures, options.shape, reading.pictures, reading.threads);
  reportUnreadable(decoded, tree.pictures.size(), options, loaded.notes);
  loaded.notes.insert(loaded.notes.begin(), "classes of the folders: " + joined(classes.names));
  if (decoded.resized > 0)
    loaded.notes.push_back(std::to_string(decoded.resized) + " of " + std::to_string(tree.pictures.size()) +
                           " pictures were resized to " + std::to_string(options.shape.height) + " x " +
                           std::to_string(options.shape.width));
  DatasetColumns columns = columnsOf(tree, classes, std::move(decoded.pixels));
  const bool in_no_part =
      std::all_of(columns.parts.begin(), columns.parts.end(), [](std::uint8_t part) { return part == kNoPart; });
  // Folds that were asked for are no shares: the cut then says which parts are missing.
  if (in_no_part && options.protocol != "fractions" && options.protocol != "kfold") {
    loaded.options.protocol = "fractions";
    loaded.notes.emplace_back("no train and test among the folders: all pictures are cut by data.fractions");
  }
  loaded.options.classes = classes.names;
  loaded.dataset =
      withoutUnreadable({options.shape, classes.names, std::move(columns), std::move(parts)}, decoded.unreadable);
  return loaded;
}

}  // namespace fer::data::folder
