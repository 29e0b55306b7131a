#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fer::test {

struct HttpReply {
  int status = 0;                              ///< 0: the server closed the connection without an answer
  std::map<std::string, std::string> headers;  ///< names in small letters
  std::string body;
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// A connection to a server on this machine, which says exactly what a test wants said. Waits ten seconds at most.
class HttpClient {
 public:
  explicit HttpClient(int port) : port_(port), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    place.sin_port = htons(static_cast<std::uint16_t>(port));
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0)
      throw std::runtime_error("nobody listens on port " + std::to_string(port));
  }
  ~HttpClient() { ::close(socket_); }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  void say(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;  // the reply tells
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  HttpReply ask(const std::string& method, const std::string& path, const HttpHeaders& headers = {},
                const std::string& body = "") {
    std::string request = method + " " + path + " HTTP/1.1\r\n";
    const bool has_host =
        std::any_of(headers.begin(), headers.end(), [](const auto& header) { return header.first == "Host"; });
    if (!has_host) request += "Host: 127.0.0.1:" + std::to_string(port_) + "\r\n";
    for (const auto& [name, value] : headers) request += name + ": " + value + "\r\n";
    if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    say(request + "\r\n" + body);
    return reply(method == "HEAD");
  }

  HttpReply reply(bool without_body = false) {
    HttpReply found;
    std::size_t end = 0;
    while ((end = waiting_.find("\r\n\r\n")) == std::string::npos)
      if (!receive()) return found;
    parseHead(found, waiting_.substr(0, end));
    waiting_.erase(0, end + 4);
    const auto length = found.headers.find("content-length");
    const std::size_t bytes = without_body || length == found.headers.end() ? 0 : std::stoul(length->second);
    while (waiting_.size() < bytes && receive()) {
    }
    found.body = waiting_.substr(0, bytes);
    waiting_.erase(0, std::min(bytes, waiting_.size()));
    return found;
  }

  /// Whether the server closes, within ten seconds.
  bool isClosed() { return !receive(); }

  /// A message of a WebSocket, masked as a client's must be. Opcode 1 is text, 2 binary, 8 close.
  void sayFrame(int opcode, const std::string& payload) {
    constexpr std::size_t kShort = 126;
    std::string frame(1, static_cast<char>(0x80 | opcode));
    if (payload.size() < kShort) {
      frame += static_cast<char>(0x80 | payload.size());
    } else {
      const bool is_long = payload.size() > 0xFFFF;
      frame += static_cast<char>(0x80 | (is_long ? 127 : 126));
      for (int shift = is_long ? 56 : 8; shift >= 0; shift -= 8) frame += static_cast<char>(payload.size() >> shift);
    }
    frame.append(4, '\0');  // a mask of zeros changes nothing
    say(frame + payload);
  }

  /// The next message of the server: its opcode and content. Opcode 8 with an empty text where the connection ended.
  std::pair<int, std::string> frame() {
    if (!have(2)) return {8, ""};
    std::size_t head = 2;
    std::size_t size = static_cast<unsigned char>(waiting_[1]) & 0x7F;
    const std::size_t more = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (!have(head + more)) return {8, ""};
    if (more > 0) size = 0;
    for (std::size_t i = 0; i < more; ++i) size = size << 8 | static_cast<unsigned char>(waiting_[head + i]);
    head += more;
    if (!have(head + size)) return {8, ""};
    std::pair<int, std::string> found{waiting_[0] & 0x0F, waiting_.substr(head, size)};
    waiting_.erase(0, head + size);
    return found;
  }

 private:
  bool have(std::size_t bytes) {
    while (waiting_.size() < bytes)
      if (!receive()) return false;
    return true;
  }

  bool receive() {
    std::array<char, 1 << 14> block{};
    const ssize_t count = ::recv(socket_, block.data(), block.size(), 0);
    if (count > 0) waiting_.append(block.data(), static_cast<std::size_t>(count));
    return count > 0;
  }

  static void parseHead(HttpReply& reply, const std::string& head) {
    reply.status = std::stoi(head.substr(head.find(' ') + 1));
    for (std::size_t at = head.find("\r\n"); at != std::string::npos;) {
      const std::size_t next = head.find("\r\n", at + 2);
      const std::string line = head.substr(at + 2, next == std::string::npos ? next : next - at - 2);
      std::string name = line.substr(0, line.find(':'));
      std::transform(name.begin(), name.end(), name.begin(), ::tolower);
      reply.headers[name] = line.substr(std::min(line.size(), line.find(':') + 2));
      at = next;
    }
  }

  int port_;
  int socket_;
  std::string waiting_;
};

}  // namespace fer::test
