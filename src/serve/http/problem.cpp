#include "serve/http/problem.hpp"

#include <map>
#include <nlohmann/json.hpp>

#include "serve/rows/face_pieces.hpp"

namespace fer::serve {
namespace {

std::string titleOf(int status) {
  static const std::map<int, std::string> kTitles{{400, "Bad Request"},
                                                  {401, "Unauthorized"},
                                                  {403, "Forbidden"},
                                                  {404, "Not Found"},
                                                  {405, "Method Not Allowed"},
                                                  {408, "Request Timeout"},
                                                  {409, "Conflict"},
                                                  {413, "Content Too Large"},
                                                  {415, "Unsupported Media Type"},
                                                  {421, "Misdirected Request"},
                                                  {422, "Unprocessable Content"},
                                                  {429, "Too Many Requests"},
                                                  {431, "Request Header Fields Too Large"},
                                                  {500, "Internal Server Error"},
                                                  {501, "Not Implemented"},
                                                  {503, "Service Unavailable"}};
  const auto found = kTitles.find(status);
  return found == kTitles.end() ? "Error" : found->second;
}

}  // namespace

Response problem(int status, const std::string& detail) {
  const nlohmann::ordered_json json{
      {"type", "about:blank"}, {"title", titleOf(status)}, {"status", status}, {"detail", detail}};
  return {status, "application/problem+json", textOf(json) + "\n"};
}

Response tryLater(int status, const std::string& detail, int seconds) {
  Response response = problem(status, detail);
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

}  // namespace fer::serve
