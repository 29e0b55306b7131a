#include "app/sweep/side_by_side.hpp"

#include <chrono>
#include <list>
#include <thread>

#include "fer/core/child_process.hpp"

namespace fer::app {
namespace {

/// A command that runs, and what it said last.
struct Runner {
  Runner(std::size_t which, const CommandLine& command)
      : index(which),
        child(
            command, {}, [](const std::string&) {}, [this](const std::string& line) { error = line; }) {}
  std::size_t index;
  std::string error;  ///< read when the child has ended, and with it the thread that writes it
  ChildProcess child;
};

}  // namespace

void runSideBySide(const std::vector<CommandLine>& commands, std::size_t parallel, const std::function<int()>& signal,
                   const std::function<void(std::size_t index, const Ended& end)>& ended) {
  constexpr std::chrono::milliseconds kPause(20);
  std::list<Runner> runners;
  std::size_t next = 0;
  bool stopping = false;
  while (!runners.empty() || (next < commands.size() && !stopping)) {
    if (const int by = signal(); by != 0 && !stopping) {  // a second one would end them before they have saved
      stopping = true;
      for (Runner& runner : runners) runner.child.send(by);
    }
    while (!stopping && next < commands.size() && runners.size() < parallel) {
      runners.emplace_back(next, commands[next]);
      ++next;
    }
    for (auto runner = runners.begin(); runner != runners.end();) {
      const std::optional<int> code = runner->child.ended();
      if (code) ended(runner->index, {*code, runner->error});
      runner = code ? runners.erase(runner) : std::next(runner);
    }
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace fer::app
