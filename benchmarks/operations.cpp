#include "operations.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <vector>

namespace fer::bench {
namespace {

using Clock = std::chrono::steady_clock;

// LibTorch's callbacks are plain functions.
std::mutex mutex;
std::map<std::string, double> counted;
thread_local std::vector<double> inner;  ///< an entry for each operation begun: seconds of those inside it

struct Begun : at::ObserverContext {
  Clock::time_point at = Clock::now();
};

std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction&) {
  inner.push_back(0);
  return std::make_unique<Begun>();
}

void end(const at::RecordFunction& call, at::ObserverContext* context) {
  const std::chrono::duration<double> whole = Clock::now() - static_cast<const Begun*>(context)->at;
  const double own = whole.count() - inner.back();
  inner.pop_back();
  if (!inner.empty()) inner.back() += whole.count();
  const std::lock_guard lock(mutex);
  counted[call.name()] += own;
}

}  // namespace

Operations::Operations() {
  counted.clear();
  handle_ = at::addGlobalCallback(
      at::RecordFunctionCallback(&begin, &end).scopes({at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION}));
}

Operations::~Operations() {
  at::removeCallback(handle_);
}

std::map<std::string, double> Operations::seconds() {
  const std::lock_guard lock(mutex);
  return counted;
}

}  // namespace fer::bench
