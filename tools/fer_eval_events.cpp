#include <system_error>
#include <vector>

#include "event_log.hpp"
#include "fer/core/error.hpp"
#include "fer/report/events/event_file.hpp"
#include "fer/report/picture/confusion.hpp"
#include "fer_eval.hpp"

namespace fer::tools {
namespace {

namespace fs = std::filesystem;

/// The picture of an earlier evaluation would stand beside this one's.
void removeEvents(const fs::path& folder) {
  std::vector<fs::path> earlier;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().starts_with("events.out.tfevents.")) earlier.push_back(entry.path());
  for (const fs::path& path : earlier) {
    std::error_code code;
    fs::remove(path, code);
    if (code) throw ioError(path, "remove", code.value());
  }
}

}  // namespace

void writeEvents(const metrics::Summary& summary, const fs::path& folder) {
  removeEvents(folder);
  const double now = wallTime();
  EventLog events(folder, now);
  if (!events.open()) return;
  // A viewer that has the earlier picture in memory lets go of it.
  events.add(report::restartRecord(now, summary.epoch));
  events.add(report::imageRecord(now, summary.epoch, "confusion_matrix",
                                 report::confusionPicture(summary.all.confusion, summary.classes)));
}

}  // namespace fer::tools
