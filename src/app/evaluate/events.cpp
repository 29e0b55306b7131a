#include "app/evaluate/pieces.hpp"
#include "app/event_log.hpp"
#include "fer/report/events/event_file.hpp"
#include "fer/report/picture/confusion.hpp"
#include "fer/report/picture/sheet.hpp"

namespace fer::app {

void writeEvents(const metrics::Summary& summary, const std::filesystem::path& folder) {
  if (!report::picturesBuilt()) return;
  const double now = wallTime();
  EventLog events(folder, now);
  if (!events.open()) return;
  // A viewer that has the earlier picture in memory lets go of it.
  events.add(report::restartRecord(now, summary.epoch));
  events.add(report::imageRecord(now, summary.epoch, "confusion_matrix",
                                 report::confusionPicture(summary.all.confusion, summary.classes)));
}

}  // namespace fer::app
