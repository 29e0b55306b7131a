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
  /// Opens them all but the rows. `live`: the timeline is written now and then.
  LiveFiles(const LiveRequest& request, const serve::ResultSource& source, bool live);

  /// Opens the rows, where there is a file of them; they begin anew, or go on behind what stands there, which the
  /// others are given again.
  void begin(const std::filesystem::path& rows, const serve::ResultSource& source);
  serve::RowsRead goOn(const std::filesystem::path& rows, const serve::ResultSource& source);

  void write(const serve::FrameResult& result);
  void flush();
  void end();

 private:
  void writeOthers(const serve::FrameResult& result);

  std::unique_ptr<serve::ResultWriter> rows_;
  std::vector<std::unique_ptr<serve::ResultWriter>> others_;
};

}  // namespace fer::app
