#include "fer/core/interrupt.hpp"

#include <csignal>

namespace fer {
namespace {

volatile std::sig_atomic_t noted = 0;

}  // namespace

void watchInterrupts() {
  struct sigaction action {};
  action.sa_handler = [](int signal) { noted = signal; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);

  struct sigaction hangup {};
  ::sigaction(SIGHUP, nullptr, &hangup);
  if (hangup.sa_handler == SIG_IGN) return;  // nohup
  hangup = {};
  hangup.sa_handler = [](int signal) {
    noted = signal;
    ::signal(SIGPIPE, SIG_IGN);
  };
  ::sigaction(SIGHUP, &hangup, nullptr);
}

int interruptSignal() {
  return noted;
}

}  // namespace fer
