#pragma once

#include <memory>

#include "serve/http/beast.hpp"
#include "serve/http/hall.hpp"

namespace fer::serve {

using Upgrade = http::request<http::string_body>;

/// A live session (GET /v1/live): frames in, results out, until one of both ends it.
net::awaitable<void> talkLive(PlainStream stream, Upgrade request, std::shared_ptr<Hall> hall);
net::awaitable<void> talkLive(TlsStream stream, Upgrade request, std::shared_ptr<Hall> hall);

}  // namespace fer::serve
