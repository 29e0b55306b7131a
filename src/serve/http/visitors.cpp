#include "serve/http/visitors.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace fer::serve {
namespace {

bool isNumericAddress(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return ::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

}  // namespace

std::string hostOf(std::string_view authority) {
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    authority = end == std::string_view::npos ? std::string_view() : authority.substr(1, end - 1);
  } else {
    authority = authority.substr(0, authority.find(':'));
  }
  std::string host(authority);
  std::transform(host.begin(), host.end(), host.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return host;
}

KnownHosts::KnownHosts(const std::vector<std::string>& names) {
  names_.emplace_back("localhost");
  for (const std::string& name : names) names_.push_back(hostOf(name));
}

bool KnownHosts::knows(std::string_view host_header) const {
  const std::string host = hostOf(host_header);
  return isNumericAddress(host) || std::find(names_.begin(), names_.end(), host) != names_.end();
}

bool isOwnOrigin(std::string_view origin, std::string_view host_header) {
  if (origin.empty()) return true;
  const std::size_t scheme = origin.find("://");
  return scheme != std::string_view::npos && origin.substr(scheme + 3) == host_header;
}

bool equalInConstantTime(std::string_view one, std::string_view other) {
  unsigned difference = one.size() == other.size() ? 0 : 1;
  for (std::size_t i = 0; i < other.size(); ++i)
    difference |=
        static_cast<unsigned char>(other[i]) ^ static_cast<unsigned char>(one.empty() ? 0 : one[i % one.size()]);
  return difference == 0;
}

double RequestRates::take(const std::string& client, Clock::time_point now) {
  if (per_second_ <= 0) return 0;
  sweep(now);
  const double most = std::max(1.0, 2 * per_second_);
  const auto [entry, is_new] = buckets_.try_emplace(client, Bucket{most, now});
  Bucket& bucket = entry->second;
  const std::chrono::duration<double> passed = now - bucket.filled;
  bucket.tokens = std::min(most, bucket.tokens + passed.count() * per_second_);
  bucket.filled = now;
  if (bucket.tokens < 1) return (1 - bucket.tokens) / per_second_;
  bucket.tokens -= 1;
  return 0;
}

void RequestRates::sweep(Clock::time_point now) {
  constexpr std::size_t kMany = 10'000;
  constexpr std::chrono::minutes kOld(1);
  if (buckets_.size() < kMany) return;
  std::erase_if(buckets_, [&](const auto& entry) { return now - entry.second.filled > kOld; });
  if (buckets_.size() >= kMany) buckets_.clear();
}

}  // namespace fer::serve
