#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fer::serve {

/// The host of a Host header or of an address with a port ("[::1]:8080"), in small letters.
std::string hostOf(std::string_view authority);

/// Names under which a server may be called. A page elsewhere may point its own name at this machine and so reach a
/// server that only listens here (DNS rebinding): then the name in the Host header is not one of these.
class KnownHosts {
 public:
  /// `address` is what is listened on. Known are the names given, localhost, and every numeric address.
  KnownHosts(const std::vector<std::string>& names);
  bool knows(std::string_view host_header) const;

 private:
  std::vector<std::string> names_;
};

/// Whether a page of that origin may call: it is the server's own, or no page (an empty origin).
bool isOwnOrigin(std::string_view origin, std::string_view host_header);

/// Whether two texts are equal, in a time that tells nothing of where they differ.
bool equalInConstantTime(std::string_view one, std::string_view other);

/// So many requests a second from each address, with bursts of twice as many. One thread at a time.
class RequestRates {
 public:
  using Clock = std::chrono::steady_clock;

  explicit RequestRates(double per_second) : per_second_(per_second) {}

  /// Seconds until the address may ask again; 0: it may now, which counts.
  double take(const std::string& client, Clock::time_point now);

 private:
  struct Bucket {
    double tokens = 0;
    Clock::time_point filled;
  };
  void sweep(Clock::time_point now);

  double per_second_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace fer::serve
