#include "vision/track/assignment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "fer/core/random.hpp"

namespace fer::vision {
namespace {

using Columns = std::vector<std::optional<std::size_t>>;

constexpr std::nullopt_t kNobody = std::nullopt;

/// What the pairs save against making none.
double savedBy(const cv::Mat1d& costs, const Columns& columns, double limit) {
  double saved = 0;
  for (std::size_t row = 0; row < columns.size(); ++row)
    if (columns[row]) saved += limit - costs(static_cast<int>(row), static_cast<int>(*columns[row]));
  return saved;
}

/// Of all ways, by trying each order of the columns and of as many others that stand for nobody.
double mostSaved(const cv::Mat1d& costs, double limit) {
  std::vector<int> order(static_cast<std::size_t>(costs.cols + costs.rows));
  std::iota(order.begin(), order.end(), 0);
  double most = 0;
  do {
    double saved = 0;
    for (int row = 0; row < costs.rows; ++row)
      if (const int column = order[static_cast<std::size_t>(row)]; column < costs.cols)
        saved += limit - costs(row, column);
    most = std::max(most, saved);
  } while (std::next_permutation(order.begin(), order.end()));
  return most;
}

TEST(Assignment, TakesTheLeastSumAndNotTheNearestFirst) {
  // 1 + 9 for the nearest pair first, 2 + 3 for the other way.
  const cv::Mat1d costs = (cv::Mat1d(2, 2) << 1, 2, 3, 9);
  EXPECT_EQ(assigned(costs, 100), (Columns{1, 0}));
}

TEST(Assignment, MakesNoPairThatCostsTheLimit) {
  const cv::Mat1d costs = (cv::Mat1d(2, 2) << 1, 5, 5, 6);
  EXPECT_EQ(assigned(costs, 5), (Columns{0, kNobody}));
  EXPECT_EQ(assigned(costs, 1), (Columns{kNobody, kNobody}));
}

TEST(Assignment, LeavesOverWhoIsTooMany) {
  const cv::Mat1d wide = (cv::Mat1d(1, 3) << 3, 1, 2);
  EXPECT_EQ(assigned(wide, 10), (Columns{1}));
  const cv::Mat1d tall = (cv::Mat1d(3, 1) << 3, 1, 2);
  EXPECT_EQ(assigned(tall, 10), (Columns{kNobody, 0, kNobody}));
}

TEST(Assignment, PairsNobodyWhereOneSideIsEmpty) {
  EXPECT_EQ(assigned(cv::Mat1d(0, 3), 1), Columns{});
  EXPECT_EQ(assigned(cv::Mat1d(2, 0), 1), (Columns{kNobody, kNobody}));
}

TEST(Assignment, SavesAsMuchAsTheBestOfAllWays) {
  RandomStream random(1, Purpose::kSynth);
  for (int trial = 0; trial < 400; ++trial) {
    cv::Mat1d costs(1 + static_cast<int>(random.below(4)), 1 + static_cast<int>(random.below(4)));
    // Few different costs make many ties; negative ones are allowed.
    for (double& cost : costs) cost = trial % 2 == 0 ? random.uniform(-2, 6) : static_cast<double>(random.below(4)) - 1;
    const double limit = random.uniform(0, 5);
    const Columns columns = assigned(costs, limit);
    std::vector<std::size_t> used;
    for (const auto& column : columns)
      if (column) used.push_back(*column);
    std::sort(used.begin(), used.end());
    EXPECT_EQ(std::adjacent_find(used.begin(), used.end()), used.end()) << costs;
    EXPECT_NEAR(savedBy(costs, columns, limit), mostSaved(costs, limit), 1e-9) << costs << " limit " << limit;
  }
}

}  // namespace
}  // namespace fer::vision
