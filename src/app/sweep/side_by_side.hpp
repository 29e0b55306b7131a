#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace fer::app {

/// How a command ended.
struct Ended {
  int code = 0;       ///< 128 + the signal where one ended it
  std::string error;  ///< the last line on its standard error
};

/// A command by the words of its line, its program's path first.
using CommandLine = std::vector<std::string>;

/// Runs commands in their order, at most `parallel` at once, and tells `ended` of each end, in this thread. When
/// `signal`, asked all the while, first gives one (0: none) it is sent on to those that run, and no more begin. Returns
/// when none runs any more.
void runSideBySide(const std::vector<CommandLine>& commands, std::size_t parallel, const std::function<int()>& signal,
                   const std::function<void(std::size_t index, const Ended& end)>& ended);

}  // namespace fer::app
