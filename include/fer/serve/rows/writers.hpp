#pragma once

#include <filesystem>
#include <memory>

#include "fer/serve/frame_result.hpp"
#include "fer/serve/rows/read_rows.hpp"

namespace fer::serve {

/// The writers of results. docs/live.md describes what each writes. Making one opens its file and throws Error where
/// that cannot be done, so that a user hears of it before the work; a file that stands there is overwritten. A pipe is
/// a file, too.

/// CSV: a row a face of each analysed frame, one row for a frame without a face; whole frames reach the file about once
/// a second.
std::unique_ptr<ResultWriter> rowsWriter(const std::filesystem::path& file, const ResultSource& source);

/// Goes on with a file that was begun: what stands behind `read.whole_bytes` is cut off, then results are appended.
std::unique_ptr<ResultWriter> rowsWriter(const std::filesystem::path& file, const ResultSource& source,
                                         const RowsRead& read);

/// JSON Lines: an object a frame, which reaches the file at once. "-" is the standard output.
std::unique_ptr<ResultWriter> jsonLinesWriter(const std::filesystem::path& file, const ResultSource& source);

/// CSV: a row a track, written whole at the end. Some hundred bytes of memory a track.
std::unique_ptr<ResultWriter> summaryWriter(const std::filesystem::path& file, const ResultSource& source);

/// CSV: counts of each minute and nothing of single faces; a minute's row reaches the file when the minute is over.
std::unique_ptr<ResultWriter> aggregateWriter(const std::filesystem::path& file, const ResultSource& source);

}  // namespace fer::serve
