#pragma once

namespace fer {

/// From now on the first SIGINT or SIGTERM is only noted, so that work can end in good order; the second one ends the
/// process as usual. So is SIGHUP, which a lost terminal sends, from the system and again from its shell, however often
/// it comes; then a pipe that nobody reads any more no longer ends the process either. A SIGHUP that is ignored (nohup)
/// stays so. Process-wide; call once, from the main thread.
void watchInterrupts();

/// The signal noted (SIGINT, SIGTERM, SIGHUP), or 0. Any thread.
int interruptSignal();

}  // namespace fer
