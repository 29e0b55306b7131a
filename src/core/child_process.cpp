#include "fer/core/child_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <utility>

#include "core/config/nearest_file.hpp"
#include "fer/core/error.hpp"

namespace fer {
namespace {

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw ioError("a pipe", "make");
    read = ends[0];
    write = ends[1];
  }
};

/// SIGINT and SIGTERM wait while this lives, in this thread and in a child that it makes.
class StopsHeldBack {
 public:
  StopsHeldBack() {
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &stops, &before_);
  }
  ~StopsHeldBack() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  StopsHeldBack(const StopsHeldBack&) = delete;
  StopsHeldBack& operator=(const StopsHeldBack&) = delete;

 private:
  sigset_t before_{};
};

void readLines(int end, const ChildProcess::Line& take) {
  constexpr std::size_t kLongest = std::size_t{1} << 20;
  std::array<char, 1 << 14> block{};
  std::string line;
  for (ssize_t count = 0; (count = ::read(end, block.data(), block.size())) > 0;)
    for (const char letter : std::string_view(block.data(), static_cast<std::size_t>(count))) {
      if (letter != '\n') {
        if (line.size() < kLongest) line += letter;
        continue;
      }
      take(line);
      line.clear();
    }
  if (!line.empty()) take(line);  // last words of a program that died in mid-line
  ::close(end);
}

/// The child, after fork: only what is safe there.
[[noreturn]] void become(const std::vector<char*>& argv, const ChildProcess::Terms& terms, pid_t parent, int out,
                         int err) {
  constexpr int kNotRun = 127;
  constexpr int kNice = 10;
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kNotRun);  // it ended before it could be watched
  const auto limit = [](auto what, std::size_t most) {
    const rlimit value{most, most};
    ::setrlimit(what, &value);
  };
  if (terms.memory_bytes) limit(RLIMIT_AS, *terms.memory_bytes);
  if (terms.file_bytes) limit(RLIMIT_FSIZE, *terms.file_bytes);
  limit(RLIMIT_CORE, 0);
  [[maybe_unused]] const int nice_value = terms.nice ? ::nice(kNice) : 0;
  // A handler of this process, or SIGINT ignored as a shell's background job has it, is not the child's.
  ::signal(SIGINT, SIG_DFL);
  ::signal(SIGTERM, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(out, STDOUT_FILENO) < 0 ||
      ::dup2(err, STDERR_FILENO) < 0)
    ::_exit(kNotRun);
  ::execv(argv[0], argv.data());
  ::_exit(kNotRun);
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments, const Terms& terms, Line out, Line err) {
  std::vector<std::string> words = arguments;
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const Pipe from_out;
  const Pipe from_err;
  const pid_t parent = ::getpid();
  {
    const StopsHeldBack held_back;  // what is sent to the child at once waits until it heeds it
    process_ = ::fork();
    if (process_ == 0) become(argv, terms, parent, from_out.write, from_err.write);
  }
  if (process_ < 0) throw ioError(arguments.front(), "start");
  ::close(from_out.write);
  ::close(from_err.write);
  out_ = std::thread([end = from_out.read, take = std::move(out)] { readLines(end, take); });
  err_ = std::thread([end = from_err.read, take = std::move(err)] { readLines(end, take); });
}

ChildProcess::~ChildProcess() {
  if (process_ < 0) return;
  kill();
  wait();
}

void ChildProcess::send(int signal) {
  if (process_ > 0) ::kill(process_, signal);
}

void ChildProcess::kill() {
  send(SIGKILL);
}

int ChildProcess::concluded(int status) {
  constexpr int kSignalled = 128;
  process_ = -1;
  out_.join();
  err_.join();
  return WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status);
}

int ChildProcess::wait() {
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  return concluded(status);
}

std::optional<int> ChildProcess::ended() {
  int status = 0;
  if (::waitpid(process_, &status, WNOHANG) != process_) return std::nullopt;
  return concluded(status);
}

std::filesystem::path findProgram(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(executableFolder().string() + ":" + (path == nullptr ? "" : path));
  for (std::string folder; std::getline(folders, folder, ':');)
    if (const std::filesystem::path file = std::filesystem::path(folder) / name; ::access(file.c_str(), X_OK) == 0)
      return file;
  return {};
}

}  // namespace fer
