#include "data/ferplus/read.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "data/csv/blocks.hpp"
#include "data/csv/faults.hpp"
#include "data/csv/field.hpp"
#include "data/csv/number.hpp"
#include "data/csv/opening.hpp"
#include "fer/core/error.hpp"
#include "fer/core/text/letters.hpp"
#include "fer/data/parts.hpp"

namespace fer::data {
namespace ferplus {
namespace {

using csv::LineFault;

constexpr std::size_t kLineLimit = 64 << 10;  // bytes; an honest line has a hundred
constexpr std::size_t kBlockBytes = 1 << 18;
constexpr std::size_t kUsageColumn = kVoteNames.size();  // beside the numbers of the votes' columns
constexpr std::size_t kIgnored = kUsageColumn + 1;

constexpr const char* kExpectedHeader =
    "expected FER+'s header `Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,"
    "NF`";

using Columns = std::vector<std::size_t>;  // what each field of a line is

std::size_t columnNamed(std::string_view name) {
  for (std::size_t i = 0; i < kVoteNames.size(); ++i)
    if (sameInAnyCase(name, kVoteNames[i])) return i;
  return sameInAnyCase(name, "Usage") ? kUsageColumn : kIgnored;
}

std::size_t placeIn(std::string_view line, const char* at) {
  return static_cast<std::size_t>(at - line.data()) + 1;
}

std::optional<LineFault> readHeader(std::string_view line, Columns& columns) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string_view text = line;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (csv::FieldCursor cursor(text); cursor.more();) {
    const char* begin = cursor.position();
    const csv::Field field = cursor.take();
    if (field.fault != nullptr) return LineFault{placeIn(line, field.fault_at), field.fault};
    const std::size_t column = columnNamed(csv::trimmed(field.text));
    if (column != kIgnored && std::find(columns.begin(), columns.end(), column) != columns.end())
      return LineFault{placeIn(line, begin), "the column " + csv::shown(csv::trimmed(field.text)) + " stands twice"};
    columns.push_back(column);
  }
  for (std::size_t column = 0; column <= kUsageColumn; ++column)
    if (std::find(columns.begin(), columns.end(), column) == columns.end())
      return LineFault{1, std::string("the header has no column `") +
                              (column == kUsageColumn ? "Usage" : kVoteNames[column]) + "`: " + kExpectedHeader};
  return std::nullopt;
}

std::optional<LineFault> readVote(std::string_view word, std::size_t column, Votes& votes) {
  constexpr unsigned kMostVotes = 1000;
  const auto number = csv::wholeNumber(word);
  if (!number || *number > kMostVotes)
    return LineFault{1, csv::describeBadNumber(std::string("votes for ") + kVoteNames[column], word, kMostVotes)};
  votes[column] = static_cast<std::uint16_t>(*number);
  return std::nullopt;
}

std::optional<LineFault> readPart(std::string_view word, std::uint8_t& part) {
  for (const std::uint8_t known : {kTraining, kPublicTest, kPrivateTest}) {
    if (word != fer2013Parts()[known]) continue;
    part = known;
    return std::nullopt;
  }
  return LineFault{1, "usage " + csv::shown(word) + " is unknown: expected Training, PublicTest or PrivateTest"};
}

std::optional<LineFault> readRow(std::string_view line, const Columns& columns, FerPlusVotes& rows) {
  Votes votes{};
  std::uint8_t part = kNoPart;
  std::size_t fields = 0;
  for (csv::FieldCursor cursor(line); cursor.more(); ++fields) {
    const csv::Field field = cursor.take();
    if (field.fault != nullptr) return LineFault{placeIn(line, field.fault_at), field.fault};
    const std::size_t column = fields < columns.size() ? columns[fields] : kIgnored;
    if (column == kIgnored) continue;
    const std::string_view word = csv::trimmed(field.text);
    auto fault = column == kUsageColumn ? readPart(word, part) : readVote(word, column, votes);
    if (fault) return LineFault{placeIn(line, word.data()), std::move(fault->message)};
  }
  if (fields != columns.size())
    return LineFault{line.size() + 1, "expected " + std::to_string(columns.size()) +
                                          " fields as in the header, found " + std::to_string(fields)};
  if (std::all_of(votes.begin(), votes.end(), [](std::uint16_t count) { return count == 0; }))
    return LineFault{1, "no votes at all: expected some of ten people's"};
  rows.parts.push_back(part);
  rows.votes.push_back(votes);
  return std::nullopt;
}

/// The lines of a block, and how far the text has come.
class Lines {
 public:
  explicit Lines(FerPlusVotes& rows) : rows_(rows) {}

  void read(std::string_view block) {
    for (std::size_t begin = 0; begin < block.size();) {
      const std::size_t end = std::min(block.find('\n', begin), block.size());
      take(csv::withoutReturns(block.substr(begin, end - begin)));
      begin = end + 1;
      ++number_;
    }
  }

  const csv::FaultList& faults() const { return faults_; }
  bool headless() const { return columns_.empty(); }
  bool stopped() const { return stopped_; }

 private:
  void take(std::string_view line) {
    if (stopped_) return;
    std::optional<LineFault> fault;
    if (line.size() > kLineLimit) {
      fault = LineFault{kLineLimit + 1, "the line is longer than any of FER+'s: what follows was not read"};
      stopped_ = true;
    } else if (headless()) {
      fault = readHeader(line, columns_);
      stopped_ = fault.has_value();
    } else if (csv::trimmed(line).empty()) {
      return;
    } else {
      fault = readRow(line, columns_, rows_);
    }
    if (fault) faults_.add(number_, std::move(*fault));
  }

  FerPlusVotes& rows_;
  Columns columns_;
  csv::FaultList faults_;
  std::size_t number_ = 0;
  bool stopped_ = false;  ///< nothing that follows can be read
};

}  // namespace

FerPlusVotes read(const csv::ByteSource& source, const std::string& name) {
  FerPlusVotes rows;
  Lines lines(rows);
  csv::BlockReader reader(csv::textOf(source, name), kBlockBytes, kLineLimit);
  for (csv::Block block; !lines.stopped() && reader.next(block);) lines.read(block.text());
  if (lines.faults().count() > 0) throw lines.faults().error(name);
  if (lines.headless()) throw dataError(name + ":1:1: the file is empty: " + kExpectedHeader);
  if (rows.votes.empty()) throw dataError(name + ": no rows follow the header: expected one row an image");
  return rows;
}

}  // namespace ferplus

FerPlusVotes readFerPlus(const std::filesystem::path& path) {
  csv::InputFile file(path);
  return ferplus::read(file.source(), path.string());
}

}  // namespace fer::data
