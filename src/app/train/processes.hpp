#pragma once

#include "fer/core/run/directory.hpp"
#include "fer/data/training_data.hpp"
#include "fer/train/options.hpp"
#include "fer/train/parallel/process_group.hpp"

namespace fer::app {

/// Processes of one machine share its processors, and take a GPU each.
void shareMachine(train::MachineOptions& machine, const train::Launch& launch);

/// The first process tells the others where the run is, and of what data.
void invite(train::ProcessGroup& group, const RunDirectory& run, const data::TrainingData& data);

/// What the others make of it. Throws Error where the run's folder cannot be seen from here, or the data is not the
/// same.
RunDirectory invited(train::ProcessGroup& group, const data::TrainingData& data);

/// What a process returns that was stopped by a signal, as a shell says it: 128 and the signal's number. The signal may
/// have reached another process of the group alone.
int signalCode();

}  // namespace fer::app
