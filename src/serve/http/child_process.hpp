#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace fer::serve {

/// A program that works for this one, with low priority and within limits; it ends when this process does.
class ChildProcess {
 public:
  struct Limits {
    std::size_t memory_bytes = std::size_t{4} << 30;
    std::size_t file_bytes = std::size_t{4} << 30;
  };
  using Line = std::function<void(const std::string&)>;

  /// `arguments` begins with the program. Each line of its output is given to `out` or `err`, in a thread of its own
  /// each. Throws Error where it cannot be started.
  ChildProcess(const std::vector<std::string>& arguments, const Limits& limits, Line out, Line err);
  ~ChildProcess();  ///< kills it
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  void kill();

  /// Waits for its end; its exit code, 128 + the signal where one ended it. Once.
  int wait();

 private:
  pid_t process_ = -1;
  std::thread out_;
  std::thread err_;
};

}  // namespace fer::serve
