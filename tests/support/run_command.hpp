#pragma once

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace fer::test {

/// Under what a command runs. The values here change nothing.
struct CommandSetup {
  std::filesystem::path folder{};                                  ///< working folder; empty: the test's own
  std::vector<std::pair<std::string, std::string>> environment{};  ///< set in addition to the test's own
  std::optional<std::filesystem::path> stdout_to{};                ///< a file such as /dev/full in place of the capture
  std::optional<rlim_t> file_size_limit{};                         ///< bytes (RLIMIT_FSIZE)
  bool obey_permissions = false;                                   ///< file modes hold even where the tests run as root
  bool nohup = false;                    ///< SIGHUP is ignored, however the tests were started
  std::chrono::seconds time_limit{300};  ///< killed when it takes longer
};

/// How a command ended and what it printed.
struct CommandResult {
  int code = -1;   ///< exit code; -1 where a signal ended it
  int signal = 0;  ///< the signal that ended it, or 0
  bool timed_out = false;
  std::string out;
  std::string err;
};

/// A command of ours in a process of its own, its standard output and error captured. One thread at a time.
class RunningCommand {
 public:
  /// `command` is the name of a program in the build's bin folder, or a path with a slash.
  RunningCommand(const std::string& command, const std::vector<std::string>& arguments, CommandSetup setup = {})
      : setup_(std::move(setup)) {
    std::vector<std::string> words{command.find('/') == std::string::npos ? FER_BIN "/" + command : command};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    std::array<int, 2> out{};
    std::array<int, 2> err{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
    process_ = ::fork();
    if (process_ < 0) throw std::runtime_error("fork");
    if (process_ == 0) become(argv, out[1], err[1]);
    ::close(out[1]);
    ::close(err[1]);
    out_reader_ = std::jthread([this, end = out[0]] { drain(end, result_.out); });
    err_reader_ = std::jthread([this, end = err[0]] { drain(end, result_.err); });
  }

  ~RunningCommand() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  RunningCommand(const RunningCommand&) = delete;
  RunningCommand& operator=(const RunningCommand&) = delete;

  /// Sends a signal to the process; nothing where it has ended.
  void send(int signal) const {
    if (process_ > 0) ::kill(process_, signal);
  }

  /// Waits for the end, or kills the process when its time is up. To be called once.
  CommandResult wait() {
    const auto deadline = std::chrono::steady_clock::now() + setup_.time_limit;
    int status = 0;
    while (::waitpid(process_, &status, WNOHANG) == 0) {
      if (!result_.timed_out && std::chrono::steady_clock::now() > deadline) {
        result_.timed_out = true;
        send(SIGKILL);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    process_ = 0;
    out_reader_.join();
    err_reader_.join();
    if (WIFEXITED(status)) result_.code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) result_.signal = WTERMSIG(status);
    return std::move(result_);
  }

 private:
  [[noreturn]] static void fail(const char* what) {
    std::perror(what);
    std::_Exit(127);
  }

  /// The child: everything up to exec. Never returns.
  [[noreturn]] void become(const std::vector<char*>& argv, int out, int err) const {
    if (::dup2(err, STDERR_FILENO) < 0) fail("dup2");
    if (setup_.stdout_to) out = ::open(setup_.stdout_to->c_str(), O_WRONLY);
    if (out < 0 || ::dup2(out, STDOUT_FILENO) < 0) fail("standard output");
    const int nothing = ::open("/dev/null", O_RDONLY);
    if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0) fail("/dev/null");
    if (!setup_.folder.empty() && ::chdir(setup_.folder.c_str()) != 0) fail("chdir");
    for (const auto& [name, value] : setup_.environment) ::setenv(name.c_str(), value.c_str(), 1);
    if (setup_.file_size_limit) {
      const rlimit limit{*setup_.file_size_limit, *setup_.file_size_limit};
      if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) fail("setrlimit");
    }
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::signal(signal, SIG_DFL);
    if (setup_.nohup) ::signal(SIGHUP, SIG_IGN);
    // Root without these capabilities is held to the modes of its own files like anybody else.
    if (setup_.obey_permissions && ::geteuid() == 0)
      for (const int capability : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH})
        if (::prctl(PR_CAPBSET_DROP, capability) != 0) fail("prctl: cannot give up a capability");
    ::execv(argv[0], argv.data());
    fail(argv[0]);
  }

  static void drain(int end, std::string& text) {
    std::array<char, 4096> block{};
    for (ssize_t count = 0; (count = ::read(end, block.data(), block.size())) > 0;)
      text.append(block.data(), static_cast<std::size_t>(count));
    ::close(end);
  }

  CommandSetup setup_;
  pid_t process_ = 0;
  CommandResult result_;
  std::jthread out_reader_;
  std::jthread err_reader_;
};

/// Runs a command to its end.
inline CommandResult runCommand(const std::string& command, const std::vector<std::string>& arguments,
                                const CommandSetup& setup = {}) {
  return RunningCommand(command, arguments, setup).wait();
}

/// Whether a text is exactly one line: what every failing command prints on standard error.
inline bool isOneLine(std::string_view text) {
  return !text.empty() && text.find('\n') == text.size() - 1;
}

}  // namespace fer::test
