#pragma once

#include <memory>
#include <vector>

#include "fer/app/live.hpp"
#include "fer/serve/frame_result.hpp"
#include "fer/serve/rows/read_rows.hpp"

namespace fer::app {

/// The files of results that a request asks for, but for the video.
class LiveFiles {
 public:
  /// Opens them. Where `earlier` is given, the rows file goes on behind it. `live`: the timeline is written now and
  /// then.
  LiveFiles(const LiveRequest& request, const serve::ResultSource& source, const serve::RowsRead* earlier, bool live);

  void write(const serve::FrameResult& result);
  /// A result that stands in the rows file already, for the others.
  void writeAgain(const serve::FrameResult& result);
  void flush();
  void end();

 private:
  std::unique_ptr<serve::ResultWriter> rows_;
  std::vector<std::unique_ptr<serve::ResultWriter>> others_;
};

}  // namespace fer::app
