#include "serve/page/page_files.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "fer/core/hash.hpp"

namespace fer::serve {
namespace {

using testing::ElementsAreArray;
using testing::IsEmpty;

constexpr std::size_t kFirstLoad = 150'000;

std::string bytesOf(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string fileNamed(const std::string& path) {
  for (const PageFile& file : pageFiles())
    if (file.path == path) return std::string(file.bytes);
  return "";
}

/// What the pattern's group matches in the text, sorted, each once.
std::set<std::string> found(const std::string& text, const char* pattern) {
  const std::regex expression(pattern);
  std::set<std::string> names;
  for (std::sregex_iterator it(text.begin(), text.end(), expression); it != std::sregex_iterator(); ++it)
    names.insert((*it)[1].str());
  return names;
}

TEST(PageFiles, AreThoseOfTheFolderByteForByte) {
  std::set<std::string> in_folder;
  for (const auto& entry : std::filesystem::directory_iterator(FER_PAGE))
    if (entry.path().extension() != ".hpp") in_folder.insert("/" + entry.path().filename().string());
  std::set<std::string> embedded;
  for (const PageFile& file : pageFiles()) {
    embedded.insert(std::string(file.path));
    EXPECT_EQ(file.bytes, bytesOf(FER_PAGE + std::string(file.path))) << file.path;
  }
  EXPECT_THAT(embedded, ElementsAreArray(in_folder));
  EXPECT_GT(embedded.count("/index.html"), 0U);
}

TEST(PageFiles, HaveTheHashOfTheirBytesAsTag) {
  for (const PageFile& file : pageFiles()) {
    Sha256 hash;
    hash.add(file.bytes);
    EXPECT_EQ(file.etag, hash.hex()) << file.path;
  }
}

TEST(PageFiles, HaveTheTypeOfTheirEnding) {
  for (const PageFile& file : pageFiles()) {
    const std::string ending = std::filesystem::path(file.path).extension();
    const std::string expected = ending == ".html"   ? "text/html; charset=utf-8"
                                 : ending == ".css"  ? "text/css; charset=utf-8"
                                 : ending == ".js"   ? "text/javascript; charset=utf-8"
                                 : ending == ".json" ? "application/json"
                                                     : "image/svg+xml";
    EXPECT_EQ(file.type, expected) << file.path;
  }
}

TEST(PageFiles, AreSmallEnoughForAFirstLoad) {
  std::size_t total = 0;
  for (const PageFile& file : pageFiles()) total += file.bytes.size();
  EXPECT_LE(total, kFirstLoad);
}

/// Every file that a page or a script names is there, and every one that is there is named by the page, so that scripts
/// come in one round trip.
TEST(PageFiles, NameOnlyEachOther) {
  std::set<std::string> named = found(fileNamed("/index.html"), R"re((?:src|href)="([^"#]+)")re");
  std::set<std::string> there;
  for (const PageFile& file : pageFiles()) {
    const std::string name(file.path.substr(1));
    if (name != "index.html") there.insert(name);
    if (!name.ends_with(".js")) continue;
    for (const std::string& imported : found(std::string(file.bytes), R"re(from '\./([^']+)')re"))
      EXPECT_TRUE(named.contains(imported)) << name << " imports " << imported;
  }
  EXPECT_THAT(named, ElementsAreArray(there));
}

TEST(PageFiles, AskNobodyElseAndHoldNothingInline) {
  // The policy that the page is served with would refuse each of these.
  const std::vector<std::string> forbidden = {R"re((\bstyle\s*=\s*["']))re",
                                              R"re((<style))re",
                                              R"re((<script(?![^>]*\bsrc=)))re",
                                              R"re((<[a-z][^>]*\son[a-z]+\s*=\s*["']))re",
                                              R"re((javascript:))re",
                                              R"re(((?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}))re"};
  for (const PageFile& file : pageFiles()) {
    std::string text(file.bytes);
    const std::string name_space = "http://www.w3.org/2000/svg";  // a name, which nobody fetches
    for (std::size_t at = text.find(name_space); at != std::string::npos; at = text.find(name_space))
      text.erase(at, name_space.size());
    for (const std::string& pattern : forbidden) EXPECT_THAT(found(text, pattern.c_str()), IsEmpty()) << file.path;
  }
}

}  // namespace
}  // namespace fer::serve
