#pragma once

namespace fer {

/// From now on the first SIGINT or SIGTERM is only noted, so that work can end in good order; the second one ends the
/// process as usual. Process-wide; call once, from the main thread.
void watchInterrupts();

/// The signal noted (SIGINT, SIGTERM), or 0. Any thread.
int interruptSignal();

}  // namespace fer
