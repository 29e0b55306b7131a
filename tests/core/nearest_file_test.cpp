#include "core/config/nearest_file.hpp"

#include <gtest/gtest.h>

#include "fer/core/files/files.hpp"
#include "support/temp_folder.hpp"

namespace fer {
namespace {

namespace fs = std::filesystem;

/// Writes a file with the folders that it needs.
fs::path placed(const fs::path& file) {
  fs::create_directories(file.parent_path());
  writeFile(file, "x");
  return file;
}

TEST(NearestFile, TakesTheNearestFolderThenTheFirstPlace) {
  const test::TempFolder root;
  const fs::path bin = root / "unpacked/fer/bin";
  fs::create_directories(bin);
  EXPECT_EQ(nearestFile(bin, {"share/m", "data/m"}), fs::path());
  const fs::path far = placed(root / "share/m");
  EXPECT_EQ(nearestFile(bin, {"share/m", "data/m"}), far);
  const fs::path near = placed(root / "unpacked/fer/data/m");
  EXPECT_EQ(nearestFile(bin, {"share/m", "data/m"}), near);
  const fs::path first = placed(root / "unpacked/fer/share/m");
  EXPECT_EQ(nearestFile(bin, {"share/m", "data/m"}), first);
  fs::create_directories(bin / "share/m");
  EXPECT_EQ(nearestFile(bin, {"share/m"}), first) << "a folder of that name is no file";
}

TEST(NearestFile, EndsAtTheRoot) {
  EXPECT_EQ(nearestFile("/", {"no/such/file"}), fs::path());
  EXPECT_EQ(nearestFile("", {"no/such/file"}), fs::path());
  EXPECT_EQ(nearestFile("/no/such/folder", {"proc/self/maps"}), "/proc/self/maps")
      << "an image may have /bin and /share";
}

TEST(NearestFile, KnowsWhereThisProgramIs) {
  EXPECT_TRUE(fs::exists(executableFolder() / "core_test"));
}

}  // namespace
}  // namespace fer
