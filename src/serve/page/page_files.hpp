#pragma once

#include <span>
#include <string_view>

namespace fer::serve {

/// A file of the web page, as it lies in this folder. All views live as long as the program.
struct PageFile {
  std::string_view path;   ///< as a request names it: "/app.js"; the page itself is "/index.html"
  std::string_view type;   ///< its Content-Type
  std::string_view bytes;  ///< UTF-8 text
  std::string_view etag;   ///< SHA-256 of the bytes, 64 lower-case digits, without quotes
};

/// The page and all that it loads (cmake/embed.cmake makes this of the files). Any thread may call it.
std::span<const PageFile> pageFiles();

}  // namespace fer::serve
