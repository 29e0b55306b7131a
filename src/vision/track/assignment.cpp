#include "vision/track/assignment.hpp"

#include <algorithm>
#include <limits>

namespace fer::vision {
namespace {

constexpr int kNone = -1;

/// Pairs all rows of a matrix that has no more rows than columns, one after the other. The potentials keep every
/// reduced cost (cost - row's - column's) at 0 or above, and those of pairs at 0.
class RowByRow {
 public:
  explicit RowByRow(const cv::Mat1d& costs)
      : costs_(costs),
        row_potential_(static_cast<std::size_t>(costs.rows)),
        column_potential_(static_cast<std::size_t>(costs.cols)),
        row_of_(static_cast<std::size_t>(costs.cols), kNone),
        column_of_(static_cast<std::size_t>(costs.rows), kNone) {
    for (int row = 0; row < costs.rows; ++row) pair(row);
  }

  int columnOf(int row) const { return column_of_[static_cast<std::size_t>(row)]; }

 private:
  /// The cheapest ways from a row to the columns, by columns taken and the rows that hold them (Dijkstra's).
  struct Paths {
    explicit Paths(std::size_t columns)
        : cost(columns, std::numeric_limits<double>::infinity()), from_row(columns, kNone), settled(columns) {}

    std::vector<double> cost;
    std::vector<int> from_row;
    std::vector<bool> settled;
  };

  void pair(int row) {
    Paths paths(row_of_.size());
    double cost = 0;
    std::size_t column = nearest(paths, row, cost);
    while (row_of_[column] != kNone) {
      cost = paths.cost[column];
      column = nearest(paths, row_of_[column], cost);
    }
    raisePotentials(paths, row, paths.cost[column]);
    takeOver(paths, column);
  }

  /// Goes on from a row that is reached at `cost`, and settles the column that is nearest now.
  std::size_t nearest(Paths& paths, int row, double cost) const {
    std::size_t best = row_of_.size();
    for (std::size_t column = 0; column < row_of_.size(); ++column) {
      if (paths.settled[column]) continue;
      const double through = cost + costs_(row, static_cast<int>(column)) -
                             row_potential_[static_cast<std::size_t>(row)] - column_potential_[column];
      if (through < paths.cost[column]) {
        paths.cost[column] = through;
        paths.from_row[column] = row;
      }
      if (best == row_of_.size() || paths.cost[column] < paths.cost[best]) best = column;
    }
    paths.settled[best] = true;
    return best;
  }

  void raisePotentials(const Paths& paths, int row, double end) {
    row_potential_[static_cast<std::size_t>(row)] += end;
    for (std::size_t column = 0; column < row_of_.size(); ++column) {
      if (!paths.settled[column] || row_of_[column] == kNone) continue;
      row_potential_[static_cast<std::size_t>(row_of_[column])] += end - paths.cost[column];
      column_potential_[column] -= end - paths.cost[column];
    }
  }

  /// Along the path to a free column, from its end, each row takes the column after it, and gives up its own.
  void takeOver(const Paths& paths, std::size_t column) {
    int next = static_cast<int>(column);
    while (next != kNone) {
      const auto taken = static_cast<std::size_t>(next);
      const int by = paths.from_row[taken];
      row_of_[taken] = by;
      next = column_of_[static_cast<std::size_t>(by)];
      column_of_[static_cast<std::size_t>(by)] = static_cast<int>(taken);
    }
  }

  const cv::Mat1d& costs_;
  std::vector<double> row_potential_;
  std::vector<double> column_potential_;
  std::vector<int> row_of_;
  std::vector<int> column_of_;
};

}  // namespace

std::vector<std::optional<std::size_t>> assigned(const cv::Mat1d& costs, double limit) {
  std::vector<std::optional<std::size_t>> columns(static_cast<std::size_t>(costs.rows));
  if (costs.empty()) return columns;
  const bool is_tall = costs.rows > costs.cols;
  // A pair at the limit costs what no pair costs, so all rows can be paired and those pairs left out.
  cv::Mat1d cut;
  cv::min(is_tall ? cv::Mat1d(costs.t()) : costs, limit, cut);
  const RowByRow pairs(cut);
  for (int i = 0; i < cut.rows; ++i) {
    const int row = is_tall ? pairs.columnOf(i) : i;
    const int column = is_tall ? i : pairs.columnOf(i);
    if (costs(row, column) < limit) columns[static_cast<std::size_t>(row)] = static_cast<std::size_t>(column);
  }
  return columns;
}

}  // namespace fer::vision
