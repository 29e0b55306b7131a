#include "app/event_log.hpp"

#include <chrono>

#include "fer/core/error.hpp"
#include "fer/report/events/event_file.hpp"

namespace fer::app {

double wallTime() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

EventLog::EventLog(const std::filesystem::path& folder, double now) {
  if (!report::eventFilesBuilt()) return;
  // A resume within the second gets a name of its own.
  for (double second = now; path_.empty() || std::filesystem::exists(path_); ++second)
    path_ = folder / report::eventFileName(second);
  file_.rdbuf()->pubsetbuf(nullptr, 0);  // a record a write
  file_.open(path_, std::ios::binary | std::ios::app);
  if (!file_) throw ioError(path_, "open");
  add(report::firstRecord(now));
}

void EventLog::add(const std::string& record) {
  if (!file_.write(record.data(), static_cast<std::streamsize>(record.size())).flush()) throw ioError(path_, "write");
}

}  // namespace fer::app
