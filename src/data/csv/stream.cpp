#include "data/csv/stream.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <variant>

#include "data/csv/opening.hpp"
#include "data/csv/parallel.hpp"
#include "data/csv/row.hpp"

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

Columns readColumns(BlockReader& reader, const std::string& name, const CsvFormat& format, std::size_t line_limit) {
  const std::string expected = headerText(format);
  std::optional<std::string> line = reader.line();
  if (!line) throw dataError(name + ":1:1: the file is empty: expected " + expected + " and rows");
  const auto fail = [&name](const LineFault& fault) {
    FaultList faults;
    faults.add(0, fault);
    throw faults.error(name);
  };
  if (line->size() > line_limit)
    fail({line_limit + 1, "the line is longer than the " + std::to_string(line_limit) +
                              " bytes that it may have: expected " + expected});
  auto header = readHeader(withoutReturns(*line), format);
  if (const auto* fault = std::get_if<LineFault>(&header)) fail(*fault);
  return std::get<Columns>(std::move(header));
}

/// "data.height=64 data.width=64", and data.channels where it is another, for square images of so many values; "" where
/// they cannot be square.
std::string sizeOf(std::size_t values, int channels) {
  for (const int planes : {channels, 1, 3}) {
    const std::size_t pixels = values / static_cast<std::size_t>(planes);
    const auto side = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(pixels))));
    if (side * side * static_cast<std::size_t>(planes) != values) continue;
    const std::string text = "data.height=" + std::to_string(side) + " data.width=" + std::to_string(side);
    return planes == channels ? text : text + " data.channels=" + std::to_string(planes);
  }
  return "";
}

/// Not the rows are wrong, but what was said of them.
Error otherSize(const std::string& name, const FaultList& faults, const ImageShape& shape) {
  const std::string guess = sizeOf(faults.pixelsOfAll(), shape.channels);
  return dataError(
      name + ": all " + std::to_string(faults.count()) + " rows hold " + std::to_string(faults.pixelsOfAll()) +
      " pixels, expected " + std::to_string(shape.size()) + " (data.height=" + std::to_string(shape.height) +
      " data.width=" + std::to_string(shape.width) + " data.channels=" + std::to_string(shape.channels) +
      "). Say what the images are: fer-train with --set " +
      (guess.empty() ? "data.height=H data.width=W" : guess + ", where they are square") +
      "; fer-data with --height, --width, --channels. A trained network takes images of its own size only.");
}

/// Makes the parts as parsed those of one list of names, and returns that.
std::vector<std::string> settleParts(std::vector<std::uint8_t>& parts, const std::string& name) {
  const auto of_own = [](std::uint8_t part) { return part >= kOwnParts; };
  if (std::none_of(parts.begin(), parts.end(), of_own)) return fer2013Parts();
  if (std::any_of(parts.begin(), parts.end(), [](std::uint8_t part) { return part < kNoPart; }))
    throw dataError(name +
                    ": the column Usage mixes Training, PublicTest, PrivateTest with train, validation, test. Write "
                    "it in one of both ways.");
  for (std::uint8_t& part : parts)
    if (of_own(part)) part -= kOwnParts;
  return ownParts();
}

}  // namespace

Dataset readFerCsv(const ByteSource& source, const std::string& name, const CsvFormat& format,
                   const StreamOptions& options) {
  checkFormat(format);
  const std::size_t line_limit = lineLimit(format.shape);
  BlockReader reader(textOf(source, name), options.block_bytes, line_limit);
  const RowFormat row_format{format, readColumns(reader, name, format, line_limit), line_limit};
  RowCollector collector(format.shape, 1, options.expected_bytes);
  readRows(reader, row_format, options.threads, collector);
  if (collector.rows() == 0 && collector.faults().count() > 1 && collector.faults().pixelsOfAll() > 0)
    throw otherSize(name, collector.faults(), format.shape);
  if (collector.faults().count() > 0) throw collector.faults().error(name);
  DatasetColumns columns = collector.take();
  if (columns.labels.empty()) throw dataError(name + ": no rows follow the header: expected one row an image");
  std::vector<std::string> parts = settleParts(columns.parts, name);
  return {format.shape, format.classes, std::move(columns), std::move(parts)};
}

}  // namespace fer::data::csv
