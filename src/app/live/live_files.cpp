#include "app/live/live_files.hpp"

#include <utility>

#include "fer/serve/rows/timeline_writer.hpp"
#include "fer/serve/rows/writers.hpp"
#include "fer/video/frame_source.hpp"

namespace fer::app {
namespace {

serve::TimelineTarget timelineTarget(const LiveRequest& request, bool live) {
  serve::TimelineTarget target{request.timeline, {}, live};
  for (const std::string& source : request.sources) target.videos.emplace_back(video::isAddress(source) ? "" : source);
  target.videos.resize(target.videos.size() + request.cameras.size());
  return target;
}

}  // namespace

LiveFiles::LiveFiles(const LiveRequest& request, const serve::ResultSource& source, bool live) {
  if (!request.jsonl.empty()) others_.push_back(serve::jsonLinesWriter(request.jsonl, source));
  if (!request.summary.empty()) others_.push_back(serve::summaryWriter(request.summary, source));
  if (!request.aggregate.empty()) others_.push_back(serve::aggregateWriter(request.aggregate, source));
  if (!request.timeline.empty()) others_.push_back(serve::timelineWriter(timelineTarget(request, live), source));
}

void LiveFiles::begin(const std::filesystem::path& rows, const serve::ResultSource& source) {
  if (!rows.empty()) rows_ = serve::rowsWriter(rows, source);
}

serve::RowsRead LiveFiles::goOn(const std::filesystem::path& rows, const serve::ResultSource& source) {
  const serve::RowsRead read =
      serve::readRows(rows, source, [this](const serve::FrameResult& result) { writeOthers(result); });
  rows_ = serve::rowsWriter(rows, source, read);
  return read;
}

void LiveFiles::write(const serve::FrameResult& result) {
  if (rows_) rows_->write(result);
  writeOthers(result);
}

void LiveFiles::writeOthers(const serve::FrameResult& result) {
  for (const auto& writer : others_) writer->write(result);
}

void LiveFiles::flush() {
  if (rows_) rows_->flush();
  for (const auto& writer : others_) writer->flush();
}

void LiveFiles::end() {
  if (rows_) rows_->end();
  for (const auto& writer : others_) writer->end();
}

}  // namespace fer::app
