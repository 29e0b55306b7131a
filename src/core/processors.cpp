#include "fer/core/processors.hpp"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <thread>

namespace fer {
namespace {

namespace fs = std::filesystem;

/// The quota that one group's folder states, if it states one.
using QuotaOf = std::optional<double> (*)(const fs::path& group);

std::optional<double> share(double quota, double period) {
  return quota > 0 && period > 0 ? std::optional(quota / period) : std::nullopt;
}

/// "150000 100000", or "max 100000" for no limit.
std::optional<double> quotaOfVersion2(const fs::path& group) {
  std::ifstream file(group / "cpu.max");
  double quota = 0;
  double period = 0;
  return file >> quota >> period ? share(quota, period) : std::nullopt;
}

/// -1 for no limit.
std::optional<double> quotaOfVersion1(const fs::path& group) {
  std::ifstream quota_file(group / "cpu.cfs_quota_us");
  std::ifstream period_file(group / "cpu.cfs_period_us");
  double quota = 0;
  double period = 0;
  return quota_file >> quota && period_file >> period ? share(quota, period) : std::nullopt;
}

/// The smallest of the group's and all above it. A container often shows its own group as the root, while the path is
/// the host's: folders that are not there limit nothing.
double smallest(const fs::path& mount, const fs::path& group, QuotaOf quota_of) {
  double least = 0;
  const auto consider = [&](const fs::path& folder) {
    if (const auto quota = quota_of(folder)) least = least == 0 ? *quota : std::min(least, *quota);
  };
  fs::path folder = mount;
  consider(folder);
  for (const fs::path& part : group.relative_path()) {
    if (part == "..") return least;  // a group outside of what this process is shown
    folder /= part;
    consider(folder);
  }
  return least;
}

bool names(const std::string& list, const std::string& word) {
  return ("," + list + ",").find("," + word + ",") != std::string::npos;
}

double smallerLimit(double a, double b) {
  return a == 0 ? b : b == 0 ? a : std::min(a, b);
}

int grantedProcessors() {
  cpu_set_t set;
  if (::sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
  return static_cast<int>(std::thread::hardware_concurrency());  // more of them than the set can hold
}

}  // namespace

double processorQuota(const fs::path& root) {
  const fs::path mounts = root / "sys/fs/cgroup";
  double limit = 0;
  std::ifstream groups(root / "proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {  // "0::/path" of version 2, "4:cpu,cpuacct:/path" of version 1
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const fs::path group = line.substr(second + 1);
    if (controllers.empty())
      for (const fs::path& mount : {mounts, mounts / "unified"})
        limit = smallerLimit(limit, smallest(mount, group, quotaOfVersion2));
    else if (names(controllers, "cpu"))
      for (const fs::path& mount : {mounts / controllers, mounts / "cpu"})
        limit = smallerLimit(limit, smallest(mount, group, quotaOfVersion1));
  }
  return limit;
}

int usableProcessors() {
  const int granted = std::max(1, grantedProcessors());
  const double quota = processorQuota();
  return quota > 0 && quota < granted ? static_cast<int>(std::ceil(quota)) : granted;
}

}  // namespace fer
