#include "data/csv/stream.hpp"

#include <stdexcept>
#include <utility>
#include <variant>

#include "data/csv/parallel.hpp"

namespace fer::data::csv {
namespace {

constexpr std::size_t kMostClasses = 256;  // a label is one byte

void checkFormat(const CsvFormat& format) {
  const ImageShape& shape = format.shape;
  if (shape.channels < 1 || shape.height < 1 || shape.width < 1)
    throw std::invalid_argument("CsvFormat: an image has no pixels");
  if (format.classes.empty() || format.classes.size() > kMostClasses)
    throw std::invalid_argument("CsvFormat: expected 1 to 256 classes");
}

/// More than any honest row: four bytes a pixel are "255 ", the rest is room for other columns.
std::size_t lineLimit(const ImageShape& shape) {
  constexpr std::size_t kOtherColumns = 64 << 10;
  return shape.size() * 4 + kOtherColumns;
}

Columns readColumns(BlockReader& reader, const std::string& name, bool usage_required, std::size_t line_limit) {
  const std::string expected =
      usage_required ? "a header line `emotion,pixels,Usage`" : "a header line `emotion,pixels`";
  std::optional<std::string> line = reader.line();
  if (!line) throw dataError(name + ":1:1: the file is empty: expected " + expected + " and rows");
  const auto fail = [&name](const LineFault& fault) {
    FaultList faults;
    faults.add(0, fault);
    throw faults.error(name);
  };
  if (line->size() > line_limit) fail(lineTooLong(line_limit));
  if (line->ends_with('\r')) line->pop_back();
  auto header = readHeader(*line, usage_required);
  if (const auto* fault = std::get_if<LineFault>(&header)) fail(*fault);
  return std::get<Columns>(std::move(header));
}

}  // namespace

Dataset readFerCsv(const ByteSource& source, const std::string& name, const CsvFormat& format,
                   const StreamOptions& options) {
  checkFormat(format);
  const std::size_t line_limit = lineLimit(format.shape);
  BlockReader reader(source, options.block_bytes, line_limit);
  const RowFormat row_format{format, readColumns(reader, name, format.usage_required, line_limit), line_limit};
  RowCollector collector(format.shape, 1, options.expected_bytes);
  readRows(reader, row_format, options.threads, collector);
  if (collector.faults().count() > 0) throw collector.faults().error(name);
  DatasetColumns columns = collector.take();
  if (columns.labels.empty()) throw dataError(name + ": no rows follow the header: expected one row an image");
  return {format.shape, format.classes, std::move(columns)};
}

}  // namespace fer::data::csv
