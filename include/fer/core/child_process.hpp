#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace fer {

/// A program that works for this one. It reads nothing, is killed when the thread that made it ends, however, and
/// stands in a process group of its own: Ctrl-C in a terminal reaches this process alone, which passes on what it wants
/// by send(), SIGINT and SIGTERM where it ignores these itself, too. One thread at a time, but for send() and kill().
class ChildProcess {
 public:
  /// Under what it works; the values here are those of this process.
  struct Terms {
    std::optional<std::size_t> memory_bytes{};  ///< address space at most
    std::optional<std::size_t> file_bytes{};    ///< size of a file at most
    bool nice = false;                          ///< low priority
  };
  using Line = std::function<void(const std::string&)>;

  /// `arguments` begins with the program's path. Each line of its output is given to `out` or `err`, in a thread of its
  /// own each. Throws Error where no process can be made; a program that cannot be run is a child that ends with 127.
  ChildProcess(const std::vector<std::string>& arguments, const Terms& terms, Line out, Line err);
  ~ChildProcess();  ///< kills it
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  void send(int signal);
  void kill();

  /// Waits for its end and its last line; its exit code, 128 + the signal where one ended it. Once.
  int wait();

  /// The same without waiting: nothing while it runs. Not to be called again once it has given a code.
  std::optional<int> ended();

 private:
  int concluded(int status);

  pid_t process_ = -1;
  std::thread out_;
  std::thread err_;
};

/// A program by its name: beside this one, else in the PATH; an empty path where it is in neither.
std::filesystem::path findProgram(const std::string& name);

}  // namespace fer
