#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fer::serve {

/// The boundary in a Content-Type of multipart/form-data; nothing where it is another type, or has none that RFC 2046
/// allows.
std::optional<std::string> multipartBoundary(std::string_view content_type);

/// Takes one part out of a multipart/form-data body (RFC 7578) that arrives piece by piece. One thread at a time.
class MultipartReader {
 public:
  /// `take` is given the content of the first part of that name, in pieces.
  MultipartReader(const std::string& boundary, std::string name, std::function<void(std::string_view)> take);

  /// Throws Error (bad data) where the body is not of that form: a part's headers are over 8 KiB or broken, or there
  /// are over 32 parts.
  void feed(std::string_view bytes);

  /// After the last piece. Throws Error (bad data) where the closing boundary is missing, or there was no such part.
  void end() const;

 private:
  enum class State { kPreamble, kAfterBoundary, kHeaders, kContent, kEpilogue };

  bool step();  ///< false where more bytes are needed
  bool skipPreamble();
  bool afterBoundary();
  bool readHeaders();
  bool readContent();
  void give(std::size_t count);

  std::string delimiter_;  ///< CR LF -- boundary
  std::string name_;
  std::function<void(std::string_view)> take_;
  State state_ = State::kPreamble;
  std::string buffer_;
  std::size_t parts_ = 0;
  bool is_wanted_ = false;       ///< the part that is read
  bool is_first_piece_ = false;  ///< the line break before its content still stands in front
  bool was_found_ = false;
};

}  // namespace fer::serve
