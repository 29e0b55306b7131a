// In place of event_file.cpp where the build found no protozero.
#include "fer/core/error.hpp"
#include "fer/report/events/event_file.hpp"

namespace fer::report {
namespace {

Error missing() {
  return Error(Fault::kOther,
               "fer was built without protozero, which TensorBoard's event files need. Install it (libprotozero-dev) "
               "and build again.");
}

}  // namespace

bool eventFilesBuilt() {
  return false;
}
std::string eventFileName(double) {
  throw missing();
}
std::string firstRecord(double) {
  throw missing();
}
std::string restartRecord(double, std::int64_t) {
  throw missing();
}
std::string scalarsRecord(double, std::int64_t, const std::vector<std::pair<std::string, double>>&) {
  throw missing();
}
std::string imageRecord(double, std::int64_t, const std::string&, const std::string&) {
  throw missing();
}
std::string textRecord(double, std::int64_t, const std::string&, const std::string&) {
  throw missing();
}

}  // namespace fer::report
