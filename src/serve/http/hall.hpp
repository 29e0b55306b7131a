#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "serve/http/api.hpp"
#include "serve/http/visitors.hpp"

namespace fer::serve {

/// What all connections of a server share. In the thread of input and output alone.
struct Hall {
  explicit Hall(const ServerOptions& options)
      : api(options), hosts(options.hosts), rates(options.limits.requests_per_second) {}

  Api api;
  KnownHosts hosts;
  RequestRates rates;
  std::size_t connections = 0;
  std::size_t live_sessions = 0;
  bool is_ending = false;
  std::set<std::function<void()>*> to_end;  ///< called when the server ends: what idles, or goes on for ever
};

/// Has something done when the server ends, for as long as it lives.
class ToEnd {
 public:
  ToEnd(Hall& hall, std::function<void()> end) : hall_(hall), end_(std::move(end)) { hall_.to_end.insert(&end_); }
  ~ToEnd() { hall_.to_end.erase(&end_); }
  ToEnd(const ToEnd&) = delete;
  ToEnd& operator=(const ToEnd&) = delete;

 private:
  Hall& hall_;
  std::function<void()> end_;
};

}  // namespace fer::serve
