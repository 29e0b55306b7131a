#pragma once

#include <memory>

#include "serve/http/beast.hpp"
#include "serve/http/hall.hpp"

namespace fer::serve {

/// Talks with one client until it leaves, is too slow, or the server ends.
net::awaitable<void> talk(PlainStream stream, std::shared_ptr<Hall> hall);
net::awaitable<void> talk(TlsStream stream, std::shared_ptr<Hall> hall);

}  // namespace fer::serve
