#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "fer/serve/frame_result.hpp"

namespace fer::serve {

/// How far a file of rows goes: where a run that was killed goes on.
struct RowsRead {
  struct Source {
    std::int64_t next_frame = 0;  ///< behind its last whole frame
    double time_s = 0;            ///< of that frame
    int last_track = 0;           ///< the largest id that it used; new tracks begin behind it
  };
  std::vector<Source> sources;    ///< as in ResultSource
  std::uint64_t whole_bytes = 0;  ///< of the file, up to the end of the last whole frame; 0 without a whole header
  std::int64_t frames = 0;        ///< whole ones, of all sources
};

/// Reads what rowsWriter wrote and hands on frame by frame. What stands behind the last whole frame, where the writer
/// was killed, is not handed on and is no error. A file of rows does not hold everything: `size` stays empty, of
/// `smoothed` only the label's value is known and the others are NaN, and wall_time is of milliseconds.
///
/// Throws Error (bad data) "FILE:LINE: ..." where the columns or names are not those of `source`, a field is not what
/// its column holds, or a frame stands twice. Reads piece by piece, so the file may be larger than the memory.
RowsRead readRows(const std::filesystem::path& file, const ResultSource& source,
                  const std::function<void(const FrameResult&)>& take);

/// Likewise from a stream; `origin` names it in errors.
RowsRead readRows(std::istream& in, const std::string& origin, const ResultSource& source,
                  const std::function<void(const FrameResult&)>& take);

}  // namespace fer::serve
