#pragma once

#include <string>

#include "app/sweep/sweep_plan.hpp"

namespace fer::app {

/// Lists the runs, tries a few steps of each kind of run whose speed may differ, and says how long the sweep takes.
/// Throws Error.
std::string dryRunText(const SweepPlan& plan, int parallel);

}  // namespace fer::app
