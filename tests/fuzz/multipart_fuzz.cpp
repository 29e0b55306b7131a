// A form gives the same field, or the same refusal, whole and byte by byte; a field is a piece of the body.
#include <string>
#include <string_view>

#include "fer/core/error.hpp"
#include "fuzz/driver.hpp"
#include "serve/http/multipart.hpp"

namespace {

using namespace fer;

/// The field, or what the error says.
std::string fieldOf(std::string_view body, std::size_t piece) {
  std::string field = "field: ";
  serve::MultipartReader reader("B", "image", [&](std::string_view bytes) { field += bytes; });
  try {
    for (std::size_t at = 0; at < body.size(); at += piece) reader.feed(body.substr(at, piece));
    reader.end();
  } catch (const Error& error) {
    fuzz::require(error.fault() == Fault::kData, "an error of another kind");
    return error.what();
  }
  return field;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(bytes), size);
  serve::multipartBoundary(body);
  const std::string whole = fieldOf(body, size + 1);
  fuzz::require(fieldOf(body, 1) == whole && fieldOf(body, 7) == whole, "cut into pieces it is another form");
  constexpr std::string_view kField = "field: ";
  if (whole.starts_with(kField))
    fuzz::require(body.find(std::string_view(whole).substr(kField.size())) != std::string_view::npos,
                  "a field that was not sent");
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  return {
      "--B\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\nContent-Type: "
      "image/jpeg\r\n\r\nPICTURE\r\n--B--\r\n",
      "preamble\r\n--B \r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n--B\r\nContent-Disposition: form-data; "
      "name=image\r\n\r\n"
      "\r\n--\r\n--B--epilogue",
      "--B\r\n\r\n\r\n--B\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n\r\n--B--",
      "multipart/form-data; boundary=\"B\""};
}
