#include "serve/http/session.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "fer/core/error.hpp"
#include "serve/http/live_session.hpp"

namespace fer::serve {
namespace {

using net::use_awaitable;

constexpr std::chrono::seconds kIdle(30);         ///< for a request to begin, and its headers to come
constexpr std::chrono::seconds kPictureTime(30);  ///< for a picture to arrive
constexpr std::chrono::seconds kPieceTime(15);    ///< for 64 KiB of a video to arrive
constexpr std::chrono::seconds kAnswerTime(30);   ///< for an answer to be taken
constexpr std::size_t kMostHeaders = 16 * 1024;
constexpr std::size_t kFormBytes = 64 * 1024;  ///< what a form may add to its file

using Header = http::request_parser<http::empty_body>;
using Message = http::response<http::string_body>;

std::string decoded(std::string_view path) {
  const auto digit = [](char letter) {
    const auto at =
        std::string_view("0123456789abcdef").find(static_cast<char>(std::tolower(static_cast<unsigned char>(letter))));
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
  };
  constexpr int kBase = 16;
  std::string result;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool is_coded = path[i] == '%' && i + 2 < path.size() && digit(path[i + 1]) >= 0 && digit(path[i + 2]) >= 0;
    result += is_coded ? static_cast<char>(digit(path[i + 1]) * kBase + digit(path[i + 2])) : path[i];
    if (is_coded) i += 2;
  }
  return result;
}

std::string textOf(beast::string_view text) {
  return {text.data(), text.size()};
}

Request requestOf(const http::request_header<>& header, const std::string& client) {
  const std::string target = textOf(header.target());
  const std::size_t query = target.find('?');
  Request request;
  request.method = textOf(header.method_string());
  request.path = decoded(std::string_view(target).substr(0, query));
  request.query = query == std::string::npos ? "" : target.substr(query + 1);
  request.type = textOf(header[http::field::content_type]);
  request.known_etag = textOf(header[http::field::if_none_match]);
  request.client = client;
  return request;
}

/// The token that a client gave: as a header, or, where a page cannot set one, behind access_token= in the address.
std::string tokenOf(const http::request_header<>& header, const Request& request) {
  const std::string value = textOf(header[http::field::authorization]);
  constexpr std::string_view kBearer = "Bearer ";
  if (value.starts_with(kBearer)) return value.substr(kBearer.size());
  constexpr std::string_view kKey = "access_token=";
  const bool is_socket = request.path == "/v1/live";
  if (!is_socket || !request.query.starts_with(kKey)) return "";
  return decoded(std::string_view(request.query).substr(kKey.size(), request.query.find('&') - kKey.size()));
}

/// What stands before every answer: nothing where the request may go on.
std::optional<Response> refusal(const http::request_header<>& header, const Request& request, Hall& hall) {
  const std::string host = textOf(header[http::field::host]);
  if (!hall.hosts.knows(host))
    return problem(421, "This server does not know that name. Its operator may add it with --host.");
  if (!isOwnOrigin(textOf(header[http::field::origin]), host))
    return problem(403, "Pages of other sites may not call.");
  const std::string& token = hall.api.options().token;
  const bool is_protected = request.path.starts_with("/v1/") && request.path != "/v1/model";
  if (!token.empty() && is_protected && !equalInConstantTime(tokenOf(header, request), token)) {
    Response response = problem(401, "Give the token of this server.");
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
  }
  const bool is_work = request.method != "GET" && request.method != "HEAD";
  if (!is_work) return std::nullopt;
  if (!hall.api.isReady()) return tryLater(503, "The server is starting or ending.", 1);
  const double wait = hall.rates.take(request.client, RequestRates::Clock::now());
  if (wait > 0) return tryLater(429, "Too many requests in a short time.", 1 + static_cast<int>(wait));
  return std::nullopt;
}

/// Headers that every answer has.
void addSafety(Message& message, bool has_own_policy) {
  message.set("X-Content-Type-Options", "nosniff");
  message.set("Referrer-Policy", "no-referrer");
  message.set("Cross-Origin-Resource-Policy", "same-origin");
  message.set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
  if (message.find(http::field::cache_control) == message.end()) message.set(http::field::cache_control, "no-store");
  if (has_own_policy) return;
  message.set(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
      "connect-src 'self'; frame-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'");
}

Message messageOf(Response response, unsigned version, bool keep_alive, bool is_head) {
  Message message(static_cast<http::status>(response.status), version);
  if (!response.type.empty()) message.set(http::field::content_type, response.type);
  for (const auto& [name, value] : response.headers) message.set(name, value);
  addSafety(message, response.has_own_policy);
  message.keep_alive(keep_alive);
  message.body() = std::move(response.body);
  message.prepare_payload();
  if (is_head) message.body().clear();
  return message;
}

/// Awaits what Api::handle() answers, which may come in another thread.
net::awaitable<Response> answerOf(Api& api, Request request) {
  const auto executor = co_await net::this_coro::executor;
  co_return co_await net::async_initiate<const net::use_awaitable_t<>, void(Response)>(
      [&api, executor](auto handler, Request asked) {
        const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        api.handle(std::move(asked), [shared, executor](Response response) {
          net::post(executor, [shared, response = std::move(response)]() mutable { (*shared)(std::move(response)); });
        });
      },
      use_awaitable, std::move(request));
}

template <class Stream>
class Talk {
 public:
  Talk(Stream& stream, std::shared_ptr<Hall> hall) : stream_(stream), hall_(std::move(hall)) {
    beast::error_code ignored;
    const auto remote = beast::get_lowest_layer(stream_).socket().remote_endpoint(ignored);
    client_ = ignored ? "" : remote.address().to_string();
  }

  /// Answers requests until the connection ends; then, where the client asked for it, its request for a live session.
  net::awaitable<std::optional<Upgrade>> requests() {
    while (!hall_->is_ending) {
      Header header;
      header.header_limit(kMostHeaders);
      header.body_limit(std::numeric_limits<std::uint64_t>::max());  // the reader of the body has one
      expireAfter(kIdle);
      beast::error_code fault;
      {
        const ToEnd idle(*hall_, [this] { beast::get_lowest_layer(stream_).cancel(); });
        co_await http::async_read_header(stream_, buffer_, header, net::redirect_error(use_awaitable, fault));
      }
      if (fault == http::error::header_limit)
        co_await send(problem(431, "The headers are too large."), 11, false, false);
      if (fault) break;
      Request request = requestOf(header.get(), client_);
      const bool is_socket = websocket::is_upgrade(header.get()) && request.path == "/v1/live";
      const unsigned version = header.get().version();
      const bool is_head = header.get().method() == http::verb::head;
      std::optional<Response> response = refusal(header.get(), request, *hall_);
      if (!response && is_socket) {
        if (hall_->live_sessions < hall_->api.options().limits.live_sessions) co_return upgradeOf(header);
        response = tryLater(503, "Too many live sessions are open.", 5);
      }
      const std::string route = Api::routeOf(request.path);
      bool keep = header.keep_alive() && !hall_->is_ending;
      if (response) {
        keep = keep && header.is_done();  // what follows of its body would be taken for the next request
      } else {
        response = co_await answer(header, std::move(request), keep);
      }
      hall_->api.metrics().countRequest(route, response->status);
      if (!co_await send(std::move(*response), version, keep, is_head)) break;
      if (!keep) break;
    }
    co_return std::nullopt;
  }

 private:
  void expireAfter(std::chrono::seconds time) { beast::get_lowest_layer(stream_).expires_after(time); }

  static Upgrade upgradeOf(Header& header) {
    Upgrade request;
    request.base() = header.get().base();
    return request;
  }

  /// Reads the body and answers; `keep` becomes false where the rest of the connection cannot be used.
  net::awaitable<Response> answer(Header& header, Request request, bool& keep) {
    const ServerLimits& limits = hall_->api.options().limits;
    switch (Api::bodyOf(request.method, request.path)) {
      case Api::Body::kNone: {
        if (!header.is_done()) keep = false;  // a body that nobody asked for is not read
        co_return co_await answerOf(hall_->api, std::move(request));
      }
      case Api::Body::kPicture: {
        const std::optional<Response> fault = co_await readPicture(header, request, limits.image_bytes);
        if (fault) {
          keep = false;
          co_return *fault;
        }
        co_return co_await answerOf(hall_->api, std::move(request));
      }
      case Api::Body::kVideo:
        break;
    }
    keep = keep && header.is_done();
    co_return co_await takeVideo(header, request, limits.video_bytes, keep);
  }

  static Response tooLarge(std::size_t most) {
    constexpr std::size_t kMega = std::size_t{1} << 20;
    return problem(413, "At most " + std::to_string(most / kMega) + " MB are taken.");
  }

  /// A client that asks first whether it may send.
  net::awaitable<void> sayContinue(const Header& header) {
    if (!beast::iequals(header.get()[http::field::expect], "100-continue")) co_return;
    http::response<http::empty_body> message(http::status::continue_, header.get().version());
    co_await http::async_write(stream_, message, use_awaitable);
  }

  net::awaitable<std::optional<Response>> readPicture(Header& header, Request& request, std::size_t most) {
    if (header.content_length() && *header.content_length() > most + kFormBytes) co_return tooLarge(most);
    co_await sayContinue(header);
    http::request_parser<http::string_body> parser(std::move(header));
    parser.body_limit(most + kFormBytes);
    expireAfter(kPictureTime);
    beast::error_code fault;
    co_await http::async_read(stream_, buffer_, parser, net::redirect_error(use_awaitable, fault));
    if (fault == http::error::body_limit) co_return tooLarge(most);
    if (fault == beast::error::timeout) throw beast::system_error(fault);
    if (fault) co_return problem(400, "The request is broken.");
    request.body = std::move(parser.get().body());
    co_return std::nullopt;
  }

  net::awaitable<Response> takeVideo(Header& header, const Request& request, std::size_t most, bool& keep) {
    VideoJobs& videos = hall_->api.videos();
    if (!videos.isAvailable()) co_return problem(501, "fer-live is not installed here: videos cannot be analysed.");
    if (header.content_length() && *header.content_length() > most + kFormBytes) co_return tooLarge(most);
    const std::unique_ptr<VideoUpload> upload = videos.begin(request.type);
    if (!upload) co_return tryLater(503, "Too many videos wait. Try again later.", 60);
    co_await sayContinue(header);
    http::request_parser<http::buffer_body> parser(std::move(header));
    parser.body_limit(most + kFormBytes);
    std::vector<char> piece(std::size_t{1} << 16);
    while (!parser.is_done()) {
      parser.get().body().data = piece.data();
      parser.get().body().size = piece.size();
      expireAfter(kPieceTime);
      beast::error_code fault;
      co_await http::async_read(stream_, buffer_, parser, net::redirect_error(use_awaitable, fault));
      if (fault == http::error::body_limit) co_return tooLarge(most);
      if (fault && fault != http::error::need_buffer) throw beast::system_error(fault);
      try {
        upload->feed({piece.data(), piece.size() - parser.get().body().size});
      } catch (const Error& error) {
        co_return error.fault() == Fault::kData ? problem(400, error.what())
                                                : problem(503, "The video cannot be kept here.");
      }
    }
    keep = true;
    co_return hall_->api.takeVideo(*upload);
  }

  net::awaitable<bool> send(Response response, unsigned version, bool keep, bool is_head) {
    const Message message = messageOf(std::move(response), version, keep, is_head);
    expireAfter(kAnswerTime);
    beast::error_code fault;
    if (is_head) {
      http::response_serializer<http::string_body> serializer(const_cast<Message&>(message));
      co_await http::async_write_header(stream_, serializer, net::redirect_error(use_awaitable, fault));
    } else {
      co_await http::async_write(stream_, const_cast<Message&>(message), net::redirect_error(use_awaitable, fault));
    }
    co_return !fault;
  }

  Stream& stream_;
  std::shared_ptr<Hall> hall_;
  beast::flat_buffer buffer_;
  std::string client_;
};

/// Counts a connection for as long as it lives.
class Guest {
 public:
  explicit Guest(Hall& hall) : hall_(hall) { count(++hall_.connections); }
  ~Guest() { count(--hall_.connections); }
  Guest(const Guest&) = delete;
  Guest& operator=(const Guest&) = delete;

 private:
  void count(std::size_t connections) { hall_.api.metrics().set("fer_connections", static_cast<double>(connections)); }
  Hall& hall_;
};

template <class Stream>
net::awaitable<void> talkOver(Stream& stream, const std::shared_ptr<Hall>& hall) {
  Talk<Stream> talk(stream, hall);
  if (std::optional<Upgrade> upgrade = co_await talk.requests())
    co_await talkLive(std::move(stream), std::move(*upgrade), hall);
}

}  // namespace

net::awaitable<void> talk(PlainStream stream, std::shared_ptr<Hall> hall) {
  const Guest guest(*hall);
  co_await talkOver(stream, hall);
}

net::awaitable<void> talk(TlsStream stream, std::shared_ptr<Hall> hall) {
  const Guest guest(*hall);
  beast::get_lowest_layer(stream).expires_after(kIdle);
  co_await stream.async_handshake(net::ssl::stream_base::server, use_awaitable);
  co_await talkOver(stream, hall);
}

}  // namespace fer::serve
