#include "serve/http/live_session.hpp"

#include <deque>
#include <optional>

#include "serve/http/face_json.hpp"
#include "serve/rows/face_pieces.hpp"

namespace fer::serve {
namespace {

using net::use_awaitable;
using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

constexpr int kCredits = 2;  ///< frames that a client may have under way: one is looked at, one waits

template <class Stream>
class LiveTalk : public std::enable_shared_from_this<LiveTalk<Stream>> {
 public:
  LiveTalk(Stream stream, std::shared_ptr<Hall> hall, const net::any_io_executor& executor)
      : socket_(std::move(stream)), hall_(std::move(hall)), executor_(executor), wake_(executor) {
    wake_.expires_at(net::steady_timer::time_point::max());
    count(++hall_->live_sessions);
  }
  ~LiveTalk() { count(--hall_->live_sessions); }
  LiveTalk(const LiveTalk&) = delete;
  LiveTalk& operator=(const LiveTalk&) = delete;

  net::awaitable<void> run(Upgrade request) {
    beast::get_lowest_layer(socket_).expires_never();
    auto timeouts = websocket::stream_base::timeout::suggested(beast::role_type::server);
    timeouts.handshake_timeout = std::chrono::seconds(5);  // of the close, too
    timeouts.idle_timeout = std::chrono::seconds(60);
    socket_.set_option(timeouts);
    socket_.read_message_max(hall_->api.options().limits.live_bytes);
    co_await socket_.async_accept(request, use_awaitable);
    hall_->api.metrics().countRequest("/v1/live", 101);
    const auto self = this->shared_from_this();
    net::co_spawn(
        executor_, [self] { return self->write(); }, net::detached);
    const ToEnd end(*hall_, [this] { close(websocket::close_code::going_away); });
    say({{"type", "ready"}, {"credits", kCredits}});
    co_await read();
    is_over_ = true;
    wake_.cancel();
  }

 private:
  struct Frame {
    std::int64_t number = 0;
    Clock::time_point arrived;
    std::string bytes;
  };

  void count(std::size_t sessions) { hall_->api.metrics().set("fer_live_sessions", static_cast<double>(sessions)); }

  net::awaitable<void> read() {
    beast::flat_buffer buffer;
    while (!is_over_) {
      beast::error_code fault;
      co_await socket_.async_read(buffer, net::redirect_error(use_awaitable, fault));
      if (fault) co_return;
      if (!socket_.got_binary() || ++under_way_ > kCredits) {
        say({{"type", "error"}, {"title", "Send one JPEG as a binary message for each credit."}});
        close(websocket::close_code::policy_error);
        continue;
      }
      Frame frame{frames_++, Clock::now(), beast::buffers_to_string(buffer.data())};
      buffer.consume(buffer.size());
      take(std::move(frame));
    }
  }

  /// The newest frame waits, an older one is dropped.
  void take(Frame frame) {
    if (!is_busy_) return submit(std::move(frame));
    if (waiting_) drop(*waiting_);
    waiting_ = std::move(frame);
  }

  void drop(const Frame& frame) {
    --under_way_;
    hall_->api.metrics().add("fer_live_frames_dropped_total");
    say({{"type", "dropped"}, {"frame", frame.number}, {"credits", 1}});
  }

  void submit(Frame frame) {
    const std::int64_t number = frame.number;
    const Clock::time_point arrived = frame.arrived;
    is_busy_ = true;
    const bool is_taken = hall_->api.pictures().submit(
        std::move(frame.bytes), followed_, [self = this->shared_from_this(), number, arrived](PictureOutcome outcome) {
          net::post(self->executor_, [self, number, arrived, outcome = std::move(outcome)]() mutable {
            self->finish(number, arrived, outcome);
          });
        });
    if (is_taken) return;
    is_busy_ = false;
    drop({number, arrived, ""});
  }

  void finish(std::int64_t number, Clock::time_point arrived, const PictureOutcome& outcome) {
    is_busy_ = false;
    --under_way_;
    if (!outcome.fault.empty()) {
      say({{"type", "error"}, {"title", outcome.fault}});
      close(websocket::close_code::policy_error);
      return;
    }
    const std::chrono::duration<double> age = Clock::now() - arrived;
    Metrics& metrics = hall_->api.metrics();
    metrics.add("fer_pictures_total");
    metrics.add("fer_faces_total", static_cast<double>(outcome.result.faces.size()));
    metrics.addLatency("fer_live_frame_age_seconds", age.count());
    constexpr double kMilli = 1000;
    constexpr double kDigits = 10;
    Json message{{"type", "result"},
                 {"frame", number},
                 {"latency_ms", std::round(age.count() * kMilli * kDigits) / kDigits},
                 {"credits", 1}};
    message.update(liveJson(outcome, hall_->api.pictures().model().predictor->classes()));
    say(message);
    if (waiting_) submit(*std::exchange(waiting_, std::nullopt));
  }

  void say(const Json& message) {
    if (is_over_) return;
    outbox_.push_back(serve::textOf(message));
    wake_.cancel();
  }

  void close(websocket::close_code code) {
    if (!closing_) closing_ = code;
    wake_.cancel();
  }

  /// Sends what is said, in order; then closes where that was asked for.
  net::awaitable<void> write() {
    socket_.text(true);
    while (!is_over_) {
      beast::error_code fault;
      if (!outbox_.empty()) {
        const std::string text = std::move(outbox_.front());
        outbox_.pop_front();
        co_await socket_.async_write(net::buffer(text), net::redirect_error(use_awaitable, fault));
      } else if (closing_) {
        co_await socket_.async_close(*closing_, net::redirect_error(use_awaitable, fault));
        co_return;
      } else {
        wake_.expires_at(net::steady_timer::time_point::max());
        co_await wake_.async_wait(net::redirect_error(use_awaitable, fault));
        continue;
      }
      if (fault) co_return;
    }
  }

  websocket::stream<Stream> socket_;
  std::shared_ptr<Hall> hall_;
  net::any_io_executor executor_;
  net::steady_timer wake_;  ///< cancelled when there is something to send
  std::shared_ptr<FollowedFaces> followed_ = std::make_shared<FollowedFaces>();
  std::deque<std::string> outbox_;
  std::optional<Frame> waiting_;
  std::optional<websocket::close_code> closing_;
  std::int64_t frames_ = 0;
  int under_way_ = 0;  ///< credits that the client has used
  bool is_busy_ = false;
  bool is_over_ = false;
};

template <class Stream>
net::awaitable<void> talkLiveOver(Stream stream, Upgrade request, std::shared_ptr<Hall> hall) {
  const auto executor = co_await net::this_coro::executor;
  const auto talk = std::make_shared<LiveTalk<Stream>>(std::move(stream), std::move(hall), executor);
  co_await talk->run(std::move(request));
}

}  // namespace

net::awaitable<void> talkLive(PlainStream stream, Upgrade request, std::shared_ptr<Hall> hall) {
  return talkLiveOver(std::move(stream), std::move(request), std::move(hall));
}

net::awaitable<void> talkLive(TlsStream stream, Upgrade request, std::shared_ptr<Hall> hall) {
  return talkLiveOver(std::move(stream), std::move(request), std::move(hall));
}

}  // namespace fer::serve
