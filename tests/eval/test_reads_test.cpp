#include "fer/eval/test_reads.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "support/temp_folder.hpp"

namespace fer::eval {
namespace {

TEST(TestReads, AreCountedWithTheirTimes) {
  const test::TempFolder folder;
  EXPECT_EQ(noteTestRead(folder / "reads.json", {"2026-01-01T00:00:00Z", "best", "plain"}), 1);
  EXPECT_EQ(noteTestRead(folder / "reads.json", {"2026-01-02T00:00:00Z", "final", "tta flip"}), 2);
  const auto value = nlohmann::json::parse(readFile(folder / "reads.json", Fault::kData));
  EXPECT_EQ(value["schema"], 1);
  EXPECT_EQ(value["reads"][0]["weights"], "best");
  EXPECT_EQ(value["reads"][1]["time"], "2026-01-02T00:00:00Z");
  EXPECT_EQ(value["reads"][1]["how"], "tta flip");
}

TEST(TestReads, NoneIsLostWhereSeveralAreNotedAtOnce) {
  const test::TempFolder folder;
  {
    std::vector<std::jthread> others;
    others.reserve(4);
    for (int i = 0; i < 4; ++i)
      others.emplace_back([&] {
        for (int read = 0; read < 10; ++read) noteTestRead(folder / "reads.json", {"now", "best", "plain"});
      });
  }
  EXPECT_EQ(noteTestRead(folder / "reads.json", {"now", "best", "plain"}), 41);
}

TEST(TestReads, ADamagedFileIsAnErrorAndStaysAsItIs) {
  const test::TempFolder folder;
  for (const char* text : {"{", "[]", "{\"reads\": 5}"}) {
    writeFile(folder / "reads.json", text);
    EXPECT_THROW(noteTestRead(folder / "reads.json", {"now", "best", "plain"}), Error) << text;
    EXPECT_EQ(readFile(folder / "reads.json", Fault::kData), text);
  }
}

}  // namespace
}  // namespace fer::eval
