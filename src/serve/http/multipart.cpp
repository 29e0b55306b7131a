#include "serve/http/multipart.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "fer/core/error.hpp"

namespace fer::serve {
namespace {

constexpr std::size_t kMostHeaders = 8192;
constexpr std::size_t kMostParts = 32;
constexpr std::size_t kMostBoundary = 70;

Error broken(const std::string& what) {
  return dataError("the form (multipart/form-data) " + what);
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return result;
}

/// The value of a parameter of a header, `name="value"` or `name=value`; nothing where there is none.
std::optional<std::string> parameterOf(std::string_view header, std::string_view name) {
  const std::string wanted = lower(name) + "=";
  const std::string low = lower(header);
  std::size_t at = 0;
  while ((at = low.find(wanted, at)) != std::string::npos) {
    const bool begins = at > 0 && (low[at - 1] == ';' || low[at - 1] == ' ' || low[at - 1] == '\t');
    at += wanted.size();
    if (!begins) continue;
    if (at < header.size() && header[at] == '"') {
      const std::size_t end = header.find('"', at + 1);
      if (end == std::string_view::npos) return std::nullopt;
      return std::string(header.substr(at + 1, end - at - 1));
    }
    return std::string(header.substr(at, header.find_first_of("; \t", at) - at));
  }
  return std::nullopt;
}

/// Whether a part's headers say that it is the field of that name.
bool isField(std::string_view headers, const std::string& name) {
  while (!headers.empty()) {
    const std::size_t end = std::min(headers.find("\r\n"), headers.size());
    const std::string_view line = headers.substr(0, end);
    if (line.find(':') == std::string_view::npos) throw broken("has a part with a broken header.");
    if (lower(line).starts_with("content-disposition:")) return parameterOf(line, "name") == name;
    headers.remove_prefix(std::min(end + 2, headers.size()));
  }
  return false;
}

}  // namespace

std::optional<std::string> multipartBoundary(std::string_view content_type) {
  if (!lower(content_type).starts_with("multipart/form-data")) return std::nullopt;
  const std::optional<std::string> boundary = parameterOf(content_type, "boundary");
  const auto allowed = [](unsigned char letter) {
    return std::isalnum(letter) != 0 ||
           std::string_view("'()+_,-./:=? ").find(static_cast<char>(letter)) != std::string_view::npos;
  };
  if (!boundary || boundary->empty() || boundary->size() > kMostBoundary || boundary->back() == ' ' ||
      !std::all_of(boundary->begin(), boundary->end(), allowed))
    return std::nullopt;
  return boundary;
}

MultipartReader::MultipartReader(const std::string& boundary, std::string name,
                                 std::function<void(std::string_view)> take)
    : delimiter_("\r\n--" + boundary), name_(std::move(name)), take_(std::move(take)), buffer_("\r\n") {}

void MultipartReader::feed(std::string_view bytes) {
  if (state_ == State::kEpilogue) return;
  buffer_ += bytes;
  while (step()) {
  }
}

void MultipartReader::end() const {
  if (state_ != State::kEpilogue) throw broken("ends early: its closing boundary is missing.");
  if (!was_found_) throw broken("has no field \"" + name_ + "\".");
}

bool MultipartReader::step() {
  switch (state_) {
    case State::kPreamble:
      return skipPreamble();
    case State::kAfterBoundary:
      return afterBoundary();
    case State::kHeaders:
      return readHeaders();
    case State::kContent:
      return readContent();
    case State::kEpilogue:
      buffer_.clear();
      return false;
  }
  return false;
}

bool MultipartReader::skipPreamble() {
  const std::size_t at = buffer_.find(delimiter_);
  if (at == std::string::npos) {
    if (buffer_.size() > delimiter_.size()) buffer_.erase(0, buffer_.size() - delimiter_.size());
    return false;
  }
  buffer_.erase(0, at + delimiter_.size());
  state_ = State::kAfterBoundary;
  return true;
}

bool MultipartReader::afterBoundary() {
  if (buffer_.starts_with("--")) {
    state_ = State::kEpilogue;
    return true;
  }
  const std::size_t end = buffer_.find("\r\n");  // blanks may stand before it
  if (end == std::string::npos) {
    if (buffer_.size() > kMostHeaders) throw broken("has a broken boundary.");
    return false;
  }
  if (buffer_.find_first_not_of(" \t") != end) throw broken("has a broken boundary.");
  if (++parts_ > kMostParts) throw broken("has over " + std::to_string(kMostParts) + " fields.");
  buffer_.erase(0, end);  // a part without headers begins with an empty line
  state_ = State::kHeaders;
  return true;
}

bool MultipartReader::readHeaders() {
  const std::size_t end = buffer_.find("\r\n\r\n");
  if (end == std::string::npos ? buffer_.size() > kMostHeaders : end > kMostHeaders)
    throw broken("has a part with headers over " + std::to_string(kMostHeaders) + " bytes.");
  if (end == std::string::npos) return false;
  is_wanted_ = !was_found_ && end > 0 && isField(std::string_view(buffer_).substr(2, end - 2), name_);
  was_found_ = was_found_ || is_wanted_;
  buffer_.erase(0, end + 2);  // the line break before the content may be that of the next boundary
  state_ = State::kContent;
  is_first_piece_ = true;
  return true;
}

bool MultipartReader::readContent() {
  const std::size_t at = buffer_.find(delimiter_);
  if (is_first_piece_ && at != 0 && buffer_.size() > delimiter_.size()) {  // then it is no part of a boundary
    buffer_.erase(0, 2);
    is_first_piece_ = false;
    return true;
  }
  if (at == std::string::npos) {
    if (!is_first_piece_ && buffer_.size() > delimiter_.size()) give(buffer_.size() - delimiter_.size());
    return false;
  }
  give(at);
  buffer_.erase(0, delimiter_.size());
  state_ = State::kAfterBoundary;
  return true;
}

void MultipartReader::give(std::size_t count) {
  if (is_wanted_ && count > 0) take_(std::string_view(buffer_).substr(0, count));
  buffer_.erase(0, count);
}

}  // namespace fer::serve
