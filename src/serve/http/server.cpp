#include "fer/serve/http/server.hpp"

#include <chrono>
#include <optional>

#include "fer/core/error.hpp"
#include "fer/image/encode.hpp"
#include "serve/http/beast.hpp"
#include "serve/http/hall.hpp"
#include "serve/http/session.hpp"

namespace fer::serve {
namespace {

using net::use_awaitable;

/// A connection that breaks ends, and is nobody's business.
const auto kDropFaults = [](const std::exception_ptr& failure) {
  if (!failure) return;
  try {
    std::rethrow_exception(failure);
  } catch (const beast::system_error&) {
  }
};

std::optional<net::ssl::context> tlsOf(const ServerOptions& options) {
  if (options.certificate.empty() != options.key.empty())
    throw usageError("TLS needs a certificate and its key: give both.");
  if (options.certificate.empty()) return std::nullopt;
  net::ssl::context context(net::ssl::context::tls_server);
  beast::error_code fault;
  context.set_options(net::ssl::context::default_workarounds | net::ssl::context::no_tlsv1 |
                      net::ssl::context::no_tlsv1_1);
  context.use_certificate_chain_file(options.certificate.string(), fault);
  if (fault) throw dataError(options.certificate.string() + ": no certificate in PEM form (" + fault.message() + ").");
  context.use_private_key_file(options.key.string(), net::ssl::context::pem, fault);
  if (fault)
    throw dataError(options.key.string() + ": not the certificate's key in PEM form (" + fault.message() + ").");
  return context;
}

tcp::acceptor acceptorOf(net::io_context& io, const ServerOptions& options) {
  beast::error_code fault;
  const net::ip::address address = net::ip::make_address(options.address, fault);
  if (fault)
    throw usageError("--address " + options.address + ": expected a numeric address, such as 127.0.0.1 or 0.0.0.0.");
  tcp::acceptor acceptor(io);
  const tcp::endpoint place(address, options.port);
  acceptor.open(place.protocol());
  acceptor.set_option(net::socket_base::reuse_address(true));
  acceptor.bind(place, fault);
  if (fault)
    throw Error(Fault::kOther, options.address + ":" + std::to_string(options.port) +
                                   " cannot be listened on: " + fault.message() + ". Give another --port.");
  acceptor.listen(net::socket_base::max_listen_connections);
  return acceptor;
}

}  // namespace

class Server::State {
 public:
  explicit State(const ServerOptions& options)
      : hall_(std::make_shared<Hall>(options)),
        tls_(tlsOf(options)),
        acceptor_(acceptorOf(io_, options)),
        ticks_(io_) {}

  ~State() { hall_->api.pictures().end(); }  // while io_ still takes what it says
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  unsigned short port() const { return acceptor_.local_endpoint().port(); }

  std::string url() const {
    const tcp::endpoint place = acceptor_.local_endpoint();
    const std::string address = place.address().to_string();
    return (tls_ ? "https://" : "http://") + (place.address().is_v6() ? "[" + address + "]" : address) + ":" +
           std::to_string(place.port());
  }

  void run(const std::function<bool()>& stop) {
    warmUp();
    net::co_spawn(io_, accept(), kDropFaults);
    net::co_spawn(io_, watch(stop), net::detached);
    io_.run();
  }

 private:
  /// The first picture takes longer than the others: it is one that nobody waits for.
  void warmUp() {
    constexpr int kSide = 64;
    const cv::Mat grey(kSide, kSide, CV_8UC1, cv::Scalar(128));
    hall_->api.pictures().submit(image::png(grey), nullptr,
                                 [hall = hall_](const PictureOutcome&) { hall->api.setReady(true); });
  }

  net::awaitable<void> accept() {
    while (acceptor_.is_open()) {
      beast::error_code fault;
      tcp::socket socket = co_await acceptor_.async_accept(net::redirect_error(use_awaitable, fault));
      if (fault == net::error::operation_aborted) co_return;
      if (fault) {  // out of descriptors: wait for some to come free
        net::steady_timer pause(io_, std::chrono::milliseconds(100));
        co_await pause.async_wait(use_awaitable);
        continue;
      }
      if (hall_->connections >= hall_->api.options().limits.connections) {
        turnAway(socket);
        continue;
      }
      socket.set_option(tcp::no_delay(true), fault);
      if (tls_)
        net::co_spawn(io_, talk(TlsStream(std::move(socket), *tls_), hall_), kDropFaults);
      else
        net::co_spawn(io_, talk(PlainStream(std::move(socket)), hall_), kDropFaults);
    }
  }

  /// As far as that goes without waiting.
  void turnAway(tcp::socket& socket) {
    static const std::string kFull =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    beast::error_code ignored;
    if (!tls_) socket.write_some(net::buffer(kFull), ignored);
    hall_->api.metrics().countRequest("other", 503);
    socket.shutdown(tcp::socket::shutdown_both, ignored);
  }

  /// Ends the server in good order when it is told to.
  net::awaitable<void> watch(const std::function<bool()>& stop) {
    constexpr std::chrono::milliseconds kTick(100);
    constexpr std::chrono::seconds kPatience(10);
    while (!stop()) {
      ticks_.expires_after(kTick);
      co_await ticks_.async_wait(use_awaitable);
    }
    hall_->api.setReady(false);
    hall_->is_ending = true;
    acceptor_.close();
    for (std::function<void()>* end : std::set(hall_->to_end)) (*end)();
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (hall_->connections > 0 && std::chrono::steady_clock::now() < deadline) {
      ticks_.expires_after(kTick);
      co_await ticks_.async_wait(use_awaitable);
    }
    io_.stop();
  }

  net::io_context io_{1};
  std::shared_ptr<Hall> hall_;
  std::optional<net::ssl::context> tls_;
  tcp::acceptor acceptor_;
  net::steady_timer ticks_;
};

Server::Server(const ServerOptions& options) : state_(std::make_unique<State>(options)) {}
Server::~Server() = default;

unsigned short Server::port() const {
  return state_->port();
}
std::string Server::url() const {
  return state_->url();
}
void Server::run(const std::function<bool()>& stop) {
  state_->run(stop);
}

}  // namespace fer::serve
