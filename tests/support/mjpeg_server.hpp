#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fer/image/encode.hpp"
#include "support/drawn_video.hpp"

namespace fer::test {

/// A camera that serves motion JPEG over HTTP on this machine, and misbehaves as it is told: each visitor gets the next
/// of the visits, one after the last is turned away.
class MjpegServer {
 public:
  struct Visit {
    DrawnVideo video;
    bool then_hangs = false;  ///< the connection stays open and silent, until the server ends
  };

  explicit MjpegServer(std::vector<Visit> visits)
      : visits_(std::move(visits)), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&place), size) != 0 || ::listen(socket_, 4) != 0 ||
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&place), &size) != 0)
      throw std::runtime_error("no port to serve on");
    port_ = ntohs(place.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~MjpegServer() {
    is_over_ = true;
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  MjpegServer(const MjpegServer&) = delete;
  MjpegServer& operator=(const MjpegServer&) = delete;

  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/video.mjpg"; }
  std::size_t visitors() const { return visitors_; }

 private:
  void serve() {
    while (!is_over_) {
      const int visitor = ::accept(socket_, nullptr, nullptr);
      if (visitor < 0) continue;
      if (visitors_ < visits_.size()) {
        readRequest(visitor);
        const Visit& visit = visits_[visitors_++];
        play(visitor, visit.video);
        while (visit.then_hangs && !is_over_ && isThere(visitor))
          std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
      ::close(visitor);
    }
  }

  static void readRequest(int visitor) {
    std::string request;
    char byte = 0;
    while (!request.ends_with("\r\n\r\n") && ::recv(visitor, &byte, 1, 0) == 1) request += byte;
  }

  void play(int visitor, const DrawnVideo& video) const {
    say(visitor, "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n");
    for (int i = 0; i < video.frames && !is_over_; ++i) {
      const std::string jpeg = image::jpeg(drawnFrame(video, i));
      say(visitor, "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: " + std::to_string(jpeg.size()) +
                       "\r\n\r\n" + jpeg + "\r\n");
      std::this_thread::sleep_for(std::chrono::milliseconds(1000 / video.fps));
    }
  }

  static void say(int visitor, const std::string& text) {
    [[maybe_unused]] const ssize_t sent = ::send(visitor, text.data(), text.size(), MSG_NOSIGNAL);
  }

  /// Whether the visitor has not hung up.
  static bool isThere(int visitor) {
    char byte = 0;
    return ::recv(visitor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) != 0;
  }

  std::vector<Visit> visits_;
  int socket_;
  int port_ = 0;
  std::atomic<bool> is_over_ = false;
  std::atomic<std::size_t> visitors_ = 0;
  std::thread thread_;
};

}  // namespace fer::test
