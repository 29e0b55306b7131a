#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fer::data::csv {

/// What is wrong with a line, and at which byte of it (1-based).
struct LineFault {
  std::size_t column;
  std::string message;
  std::size_t pixels = 0;  ///< where the number of pixels is what is wrong: how many there are
};

/// A field's text without its quotes. Doubled quotes inside stay doubled: no word that the reader knows has a quote.
struct Field {
  std::string_view text;
  const char* fault = nullptr;     ///< why the field cannot be read, or nullptr
  const char* fault_at = nullptr;  ///< where in the line
};

/// Takes the comma-separated fields of one line, left to right. A quoted field ends on its line: it cannot hold a line
/// break.
class FieldCursor {
 public:
  explicit FieldCursor(std::string_view line) : next_(line.data()), end_(line.data() + line.size()) {}

  bool more() const { return more_; }             ///< true at first: an empty line is one empty field
  const char* position() const { return next_; }  ///< where the next field begins
  Field take();                                   ///< needs more(); after a fault nothing more can be taken

  /// For who has read the next field on his own: says where in the line it ends. False, and nothing taken, unless a
  /// comma or the end of the line stands there.
  bool endFieldAt(const char* at);

 private:
  Field takeQuoted(const char* quote);

  const char* next_;
  const char* end_;
  bool more_ = true;
};

/// Without the blanks (spaces and tabs) around it.
std::string_view trimmed(std::string_view text);

/// A line without the carriage returns that end it: one where lines end in CRLF, two where a program on Windows made
/// CRLF out of CRLF's line feed again.
std::string_view withoutReturns(std::string_view line);

/// The text in quotation marks for a message: cut when long, and every byte that is not printable ASCII as \xNN.
std::string shown(std::string_view text);

}  // namespace fer::data::csv
