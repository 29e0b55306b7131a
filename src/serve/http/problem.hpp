#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fer::serve {

/// What a client asked for, without Beast's types.
struct Request {
  std::string method;      ///< "GET", ...
  std::string path;        ///< "/v1/analyze", decoded, without the query
  std::string query;       ///< as it was sent
  std::string type;        ///< Content-Type
  std::string client;      ///< address, without the port
  std::string known_etag;  ///< If-None-Match
  std::string body;
};

struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers{};
  bool has_own_policy = false;  ///< a page with a Content-Security-Policy in it
};

/// An error as RFC 9457 has it: {"type": "about:blank", "title": ..., "status": ..., "detail": ...}. `detail` is one
/// sentence for a person, and says nothing of the server's inside.
Response problem(int status, const std::string& detail);

/// The same with Retry-After: 503 and 429.
Response tryLater(int status, const std::string& detail, int seconds);

}  // namespace fer::serve
