#include "data/folder/tree.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/text/letters.hpp"
#include "fer/data/folder/picture_reader.hpp"

namespace fer::data::folder {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostClasses = 256;  // a label is one byte

/// The part that a folder of this name holds.
std::optional<std::uint8_t> partNamed(const std::string& name) {
  constexpr std::pair<std::string_view, std::uint8_t> kNames[] = {
      {"train", kTraining},   {"training", kTraining}, {"validation", kPublicTest}, {"val", kPublicTest},
      {"valid", kPublicTest}, {"test", kPrivateTest},  {"testing", kPrivateTest},
  };
  for (const auto& [known, part] : kNames)
    if (sameInAnyCase(name, known)) return part;
  return std::nullopt;
}

/// The names in a folder, sorted, hidden ones left out; of files only what may be pictures.
struct Listing {
  std::vector<std::string> folders;  ///< and links to folders
  std::vector<std::string> pictures;
};

/// A folder below a class, or that of the class itself.
struct Below {
  std::string path;
  std::uint8_t part;
  std::uint16_t folder_class;
};

/// What was passed over: how many, and one of them.
struct Passed {
  std::size_t count = 0;
  std::string first;

  void add(const std::string& path) {
    if (count++ == 0) first = path;
  }
  void note(const std::string& what, std::vector<std::string>& notes) const {
    if (count > 0) notes.push_back(std::to_string(count) + " " + what + " (" + first + (count > 1 ? ", ...)" : ")"));
  }
};

class Walk {
 public:
  explicit Walk(fs::path root) : root_(std::move(root)) {}

  Tree tree() {
    enter("");
    const Listing top = list("");
    for (const std::string& name : top.pictures) outside_.add(name);
    tree_.has_parts = layoutHasParts(top);
    if (tree_.has_parts)
      for (const std::string& name : top.folders) readClasses(name, *partNamed(name));
    else
      readClassFolders("", top.folders, kNoPart);
    readLinks();
    noteEmptyFolders();
    finish();
    return std::move(tree_);
  }

 private:
  std::string shown(const std::string& below) const {
    return below.empty() ? root_.string() : (root_ / below).string();
  }

  bool layoutHasParts(const Listing& top) const {
    std::string part;
    std::string other;
    for (const std::string& name : top.folders) (partNamed(name) ? part : other) = name;
    if (part.empty() || other.empty()) return !part.empty();
    throw dataError(shown("") + ": holds the folder " + part + " beside " + other +
                    ": expected a folder for each class, or train, validation and test with a folder for each class "
                    "in them. Move what is something else.");
  }

  /// Whether this folder is entered for the first time; a loop of links would enter it again.
  bool enter(const std::string& below) {
    struct stat info {};
    if (::stat((root_ / below).c_str(), &info) != 0)
      throw ioError(root_ / below, "read the folder", errno, Fault::kData);
    return entered_.emplace(info.st_dev, info.st_ino).second;
  }

  Listing list(const std::string& below) {
    Listing listing;
    std::error_code failed;
    for (fs::directory_iterator entry(root_ / below, failed), end; entry != end && !failed; entry.increment(failed)) {
      std::string name = entry->path().filename().string();
      if (name.front() == '.') continue;
      std::error_code broken;  // a link to nowhere: if its name is a picture's, reading it will say so
      const fs::file_status status = entry->status(broken);
      const bool readable = fs::is_regular_file(status) || !fs::exists(status);
      if (fs::is_directory(status))
        listing.folders.push_back(std::move(name));
      else if (readable && isPictureName(name))
        listing.pictures.push_back(std::move(name));
      else
        others_.add(join(below, name));
    }
    if (failed) throw ioError(root_ / below, "read the folder", failed.value(), Fault::kData);
    std::sort(listing.folders.begin(), listing.folders.end());
    std::sort(listing.pictures.begin(), listing.pictures.end());
    return listing;
  }

  void readClasses(const std::string& part_folder, std::uint8_t part) {
    if (!enter(part_folder)) return again_.add(part_folder);
    const Listing listing = list(part_folder);
    for (const std::string& name : listing.pictures) outside_.add(join(part_folder, name));
    readClassFolders(part_folder, listing.folders, part);
  }

  void readClassFolders(const std::string& above, const std::vector<std::string>& names, std::uint8_t part) {
    for (const std::string& name : names) {
      class_folders_.push_back({join(above, name), part, classNumber(name)});
      readPictures(class_folders_.back());
    }
  }

  std::uint16_t classNumber(const std::string& name) {
    const auto found = std::find(tree_.classes.begin(), tree_.classes.end(), name);
    if (found == tree_.classes.end()) tree_.classes.push_back(name);
    if (tree_.classes.size() > kMostClasses)
      throw dataError(shown("") + ": more than " + std::to_string(kMostClasses) +
                      " folders that would be classes. Name the folder whose folders are the classes.");
    return static_cast<std::uint16_t>(std::find(tree_.classes.begin(), tree_.classes.end(), name) -
                                      tree_.classes.begin());
  }

  /// Links wait until every folder was entered by its own name, so that none takes another class's pictures.
  void readPictures(const Below& top) {
    std::vector<Below> waiting = {top};  // instead of a recursion, which a deep tree would make too deep
    while (!waiting.empty()) {
      const Below folder = std::move(waiting.back());
      waiting.pop_back();
      std::error_code ignored;
      if (fs::is_symlink(root_ / folder.path, ignored))
        links_.push_back(folder);
      else
        readFolder(folder, waiting);
    }
  }

  void readLinks() {
    while (!links_.empty()) {
      std::vector<Below> waiting;
      const Below link = std::move(links_.front());
      links_.pop_front();
      readFolder(link, waiting);
      std::for_each(waiting.rbegin(), waiting.rend(), [this](const Below& folder) { readPictures(folder); });
    }
  }

  void readFolder(const Below& folder, std::vector<Below>& waiting) {
    if (!enter(folder.path)) return again_.add(folder.path);
    const Listing listing = list(folder.path);
    for (const std::string& name : listing.pictures)
      tree_.pictures.push_back({join(folder.path, name), folder.part, folder.folder_class});
    std::transform(listing.folders.rbegin(), listing.folders.rend(), std::back_inserter(waiting),
                   [&](const std::string& name) {
                     return Below{join(folder.path, name), folder.part, folder.folder_class};
                   });
  }

  void noteEmptyFolders() {
    std::set<std::pair<std::uint8_t, std::uint16_t>> filled;
    for (const Picture& picture : tree_.pictures) filled.emplace(picture.part, picture.folder_class);
    Passed empty;
    for (const Below& folder : class_folders_)
      if (!filled.contains({folder.part, folder.folder_class})) empty.add(folder.path);
    empty.note("class folders without a picture", tree_.notes);
  }

  /// Classes and pictures in their order, which that of the folders on the disk does not decide.
  void finish() {
    std::vector<std::string> sorted = tree_.classes;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::uint16_t> place;
    for (const std::string& name : tree_.classes)
      place.push_back(
          static_cast<std::uint16_t>(std::lower_bound(sorted.begin(), sorted.end(), name) - sorted.begin()));
    for (Picture& picture : tree_.pictures) picture.folder_class = place[picture.folder_class];
    tree_.classes = std::move(sorted);
    std::sort(tree_.pictures.begin(), tree_.pictures.end(),
              [](const Picture& a, const Picture& b) { return std::tie(a.part, a.path) < std::tie(b.part, b.path); });
    if (tree_.pictures.empty())
      throw dataError(shown("") + ": no pictures" + (outside_.count > 0 ? " in folders of classes" : "") +
                      ": expected jpg, png, bmp or webp files in a folder for each class, as in faces/happy/a.jpg or "
                      "faces/train/happy/a.jpg.");
    outside_.note("pictures outside the folders of classes were passed over", tree_.notes);
    others_.note("files that are no pictures by their names were passed over", tree_.notes);
    again_.note("links to folders that were read already were passed over", tree_.notes);
  }

  static std::string join(const std::string& above, const std::string& name) {
    return above.empty() ? name : above + "/" + name;
  }

  fs::path root_;
  Tree tree_;
  std::set<std::pair<dev_t, ino_t>> entered_;
  std::vector<Below> class_folders_;
  std::deque<Below> links_;
  Passed outside_;
  Passed others_;
  Passed again_;
};

}  // namespace

Tree walk(const fs::path& root) {
  return Walk(root).tree();
}

}  // namespace fer::data::folder
