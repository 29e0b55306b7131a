#include "fer/serve/rows/read_rows.hpp"

#include <fstream>
#include <istream>

#include "fer/core/error.hpp"
#include "serve/rows/names.hpp"
#include "serve/rows/row_columns.hpp"
#include "serve/rows/row_parser.hpp"

namespace fer::serve {
namespace {

constexpr const char* kRemedy = "The file is damaged, or of another run: name another one, or remove it.";

/// Lines of a stream, each with its line feed. One without, at the end, is what a killed writer left.
class Lines {
 public:
  Lines(std::istream& in, const std::string& origin) : in_(in), origin_(origin), room_(kLongest) {}

  /// False at the end.
  bool next() {
    ++number_;
    in_.getline(room_.data(), kLongest);
    const auto count = static_cast<std::size_t>(in_.gcount());
    if (in_.bad()) throw ioError(origin_, "read", errno, Fault::kData);
    if (in_.fail() && count + 1 >= kLongest)
      throw dataError(origin_ + ":" + std::to_string(number_) + ": a line of more than " + std::to_string(count) +
                      " bytes. " + kRemedy);
    whole_ = !in_.eof();
    bytes_ += count;
    text_ = std::string_view(room_.data(), whole_ ? count - 1 : count);
    return whole_;
  }

  std::string_view text() const { return text_; }  ///< without its line feed
  std::size_t number() const { return number_; }
  std::uint64_t bytes() const { return bytes_; }  ///< up to the line's end

 private:
  static constexpr std::size_t kLongest = std::size_t{1} << 16;
  std::istream& in_;
  const std::string& origin_;
  std::vector<char> room_;
  std::string_view text_;
  std::size_t number_ = 0;
  std::uint64_t bytes_ = 0;
  bool whole_ = false;
};

/// False where the writer was killed before its header was whole.
bool readHeader(Lines& lines, const std::string& origin, const ResultSource& names) {
  std::string header = rowsHeader(names);
  header.pop_back();
  const bool whole = lines.next();
  if (whole ? lines.text() == header : header.starts_with(lines.text())) return whole;
  throw dataError(origin + ":1: expected the columns of rows with the classes of this model: " + header + ". " +
                  kRemedy);
}

}  // namespace

RowsRead readRows(std::istream& in, const std::string& origin, const ResultSource& source,
                  const std::function<void(const FrameResult&)>& take) {
  const ResultSource names = checkedNames(source);
  RowParser parser(names);
  Lines lines(in, origin);
  if (!readHeader(lines, origin, names)) return parser.read();
  std::uint64_t whole_bytes = lines.bytes();
  std::vector<std::string> fields;
  while (lines.next()) {
    CsvRecords row(lines.text(), origin, kRemedy, lines.number());
    if (!row.next(fields)) throw row.fault("an empty line");
    if (!parser.add(row, fields)) continue;
    take(parser.frame());
    whole_bytes = lines.bytes();
  }
  RowsRead read = parser.read();
  read.whole_bytes = whole_bytes;
  return read;
}

RowsRead readRows(const std::filesystem::path& file, const ResultSource& source,
                  const std::function<void(const FrameResult&)>& take) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw ioError(file, "open", errno, Fault::kData);
  return readRows(in, file.string(), source, take);
}

}  // namespace fer::serve
