#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "fer/core/text/csv_records.hpp"
#include "fer/serve/frame_result.hpp"
#include "fer/serve/rows/read_rows.hpp"

namespace fer::serve {

/// Puts frames together from the rows of a file. Throws Error (bad data) for a row that rowsWriter does not write.
class RowParser {
 public:
  /// Names are those of checkedNames.
  explicit RowParser(const ResultSource& names);

  /// `row` is the record that was read last, and has `fields`. True where it completes a frame.
  bool add(const CsvRecords& row, const std::vector<std::string>& fields);

  /// The frame that was completed last.
  const FrameResult& frame() const { return frame_; }
  /// What whole frames tell; whole_bytes is left to the reader.
  const RowsRead& read() const { return read_; }

 private:
  void begin(const CsvRecords& row, const std::vector<std::string>& fields);
  void requireSameFrame(const CsvRecords& row, const std::vector<std::string>& fields) const;
  FaceResult faceOf(const CsvRecords& row, const std::vector<std::string>& fields) const;
  void readClassified(const CsvRecords& row, const std::vector<std::string>& fields, FaceResult& face) const;
  void readSmoothed(const CsvRecords& row, const std::vector<std::string>& fields, FaceResult& face) const;
  void complete();

  std::vector<std::string> sources_;
  std::vector<std::string> classes_;
  std::unordered_map<std::string, std::size_t> source_index_;
  std::unordered_map<std::string, int> class_index_;
  FrameResult frame_;
  std::vector<std::string> begun_;  ///< the first fields of an incomplete frame; empty where none is
  std::int64_t faces_ = 0;          ///< that the frame has
  std::set<int> tracks_;            ///< that stood in it so far
  RowsRead read_;
};

}  // namespace fer::serve
