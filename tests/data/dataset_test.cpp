#include "fer/data/dataset.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "fer/core/hash.hpp"
#include "fer/data/relabel.hpp"
#include "support/small_dataset.hpp"

namespace fer::data {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Three rows of two pixels, soft targets to each.
DatasetColumns softColumns() {
  return {{1, 2, 3, 4, 5, 6}, {0, 1, 1}, {kTraining, kPublicTest, kNoPart}, {10, 11, 12}, {1, 0, 0.25F, 0.75F, 0, 1}};
}

Dataset soft() {
  return {{1, 1, 2}, {"a", "b"}, softColumns(), ownParts()};
}

TEST(Dataset, NamesEachRowsPart) {
  EXPECT_EQ(soft().partName(0), "train");
  EXPECT_EQ(soft().partName(1), "validation");
  EXPECT_EQ(soft().partName(2), "");
  EXPECT_EQ(Dataset({1, 1, 2}, {"a", "b"}, softColumns()).partName(1), "PublicTest");
}

TEST(Dataset, CarriesTargetsThroughSelections) {
  EXPECT_THAT(soft().target(1), ElementsAre(0.25F, 0.75F));
  const std::uint32_t backwards[] = {2, 1};
  const Dataset selected = soft().select(backwards);
  EXPECT_THAT(selected.columns().targets, ElementsAre(0, 1, 0.25F, 0.75F));
  EXPECT_EQ(selected.partName(1), "validation");
  const std::uint32_t kept[] = {1, 2};
  const Dataset compact = soft().compacted(kept);
  EXPECT_THAT(compact.columns().targets, ElementsAre(0.25F, 0.75F, 0, 1));
  EXPECT_THAT(compact.columns().row_ids, ElementsAre(11, 12));
  EXPECT_EQ(compact.partName(0), "validation");
}

TEST(Dataset, RelabelsTargetsByName) {
  const Dataset swapped = relabelled(soft(), {"b", "c", "a"}).dataset;
  EXPECT_THAT(swapped.columns().labels, ElementsAre(2, 0, 0));
  EXPECT_THAT(swapped.columns().targets, ElementsAre(0, 0, 1, 0.75F, 0, 0.25F, 1, 0, 0));
  const Dataset one = relabelled(soft(), {"b"}).dataset;  // row 0 is of class a; 0.75 alone is all there is
  EXPECT_THAT(one.columns().targets, ElementsAre(1, 1));
  EXPECT_EQ(one.parts(), ownParts());
}

TEST(Dataset, HasNoTargetsWhereLabelsSayAll) {
  const Dataset hard = test::smallDataset({"a"}, {{"xy", 0, kTraining}});
  EXPECT_FALSE(hard.hasTargets());
  EXPECT_THAT(hard.columns().targets, IsEmpty());
  EXPECT_THROW(hard.target(0), std::out_of_range);
  EXPECT_THROW(soft().target(3), std::out_of_range);
}

TEST(Dataset, RefusesColumnsThatDoNotFit) {
  const auto make = [](auto change) {
    DatasetColumns columns = softColumns();
    change(columns);
    return Dataset({1, 1, 2}, {"a", "b"}, columns);
  };
  EXPECT_NO_THROW(make([](DatasetColumns&) {}));
  EXPECT_THROW(make([](DatasetColumns& c) { c.parts.pop_back(); }), std::invalid_argument);
  EXPECT_THROW(make([](DatasetColumns& c) { c.parts[0] = 4; }), std::invalid_argument);
  EXPECT_THROW(make([](DatasetColumns& c) { c.labels[0] = 2; }), std::invalid_argument);
  EXPECT_THROW(make([](DatasetColumns& c) { c.targets.pop_back(); }), std::invalid_argument);
  EXPECT_THROW(make([](DatasetColumns& c) { c.targets[0] = 0.5F; }), std::invalid_argument);
  EXPECT_THROW(make([](DatasetColumns& c) { c.targets = {2, -1, 1, 0, 1, 0}; }), std::invalid_argument);
  EXPECT_THROW(make([](DatasetColumns& c) { c.targets[0] = std::numeric_limits<float>::quiet_NaN(); }),
               std::invalid_argument);
}

std::string sha256(const std::string& text) {
  Sha256 hash;
  hash.add(text);
  return hash.hex();
}

// Written out, so that no later change moves the hash of a dataset that somebody trained on.
TEST(DataHash, IsThatOfTheBytesWrittenOut) {
  using namespace std::string_literals;
  DatasetColumns columns = softColumns();
  columns.targets.clear();
  const std::string pixels = "\1\2\3\4\5\6", labels = "\0\1\1"s, parts = "\0\1\3"s;
  const std::string head = "fer-dataset-1\n3x1x1x2\na\nb\n";
  EXPECT_EQ(dataHash({{1, 1, 2}, {"a", "b"}, columns}), sha256(head + pixels + labels + parts));
  EXPECT_EQ(dataHash({{1, 1, 2}, {"a", "b"}, columns, ownParts()}),
            sha256(head + "part train\npart validation\npart test\npart \n" + pixels + labels + parts));
  columns.targets = {1, 0, 0, 1, 0, 1};
  const std::string one = "\0\0\x80\x3f"s, zero(4, '\0');  // float32, little-endian
  EXPECT_EQ(dataHash({{1, 1, 2}, {"a", "b"}, columns}),
            sha256(head + pixels + labels + parts + "targets\n" + one + zero + zero + one + zero + one));
}

}  // namespace
}  // namespace fer::data
