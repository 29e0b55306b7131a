#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/sweep/leaderboard.hpp"
#include "app/sweep/side_by_side.hpp"
#include "app/sweep/sweep_folder.hpp"
#include "app/sweep/sweep_plan.hpp"

namespace fer::app {

/// The runs of a sweep, trained rung by rung (without halving: one), from wherever their folders stand.
class SweepSession {
 public:
  /// Both outlive it.
  SweepSession(const SweepPlan& plan, const SweepFolder& folder, std::size_t parallel);

  /// Until all is trained or a signal came; a run that fails stops no other.
  void run();

  /// Best first.
  std::vector<Standing> standings() const;

 private:
  /// Of a run, in the rung under way.
  struct Result {
    std::optional<Score> score;
    std::string error;
  };
  void train(std::optional<int> until);
  void ended(std::size_t run, std::optional<int> until, const Ended& end);
  void settle(std::size_t run, std::optional<int> until);
  void tell(std::size_t run) const;
  void keep(std::size_t trials);
  Standing standingOf(std::size_t trial) const;
  void writeLeaderboard() const;

  const SweepPlan& plan_;
  const SweepFolder& folder_;
  std::size_t parallel_;
  std::vector<Result> results_;   ///< by run
  std::vector<bool> takes_part_;  ///< by trial: neither cut nor failed
  std::size_t wanted_ = 0;        ///< runs to be trained in this rung
  std::size_t done_ = 0;          ///< of these
};

}  // namespace fer::app
