#include "image/decoder_messages.hpp"

#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <mutex>

#ifdef __GLIBC__
#include <ext/stdio_sync_filebuf.h>
#endif

namespace fer::image {
namespace {

thread_local std::string* listener = nullptr;

#ifdef __GLIBC__

constexpr std::size_t kMostHeard = 4096;

ssize_t hearOrPass(void*, const char* text, std::size_t size) {
  if (listener != nullptr) {
    if (listener->size() + size <= kMostHeard) listener->append(text, size);
    return static_cast<ssize_t>(size);
  }
  const ssize_t written = ::write(STDERR_FILENO, text, size);
  return written < 0 ? 0 : written;  // 0 is how a cookie says that it failed
}

/// glibc documents stderr as a variable; libpng, libjpeg and C++'s cerr all print through it. Never taken back, since
/// another thread may be printing.
void listenToStderr() {
  FILE* const filter =
      fopencookie(nullptr, "w", {.read = nullptr, .write = hearOrPass, .seek = nullptr, .close = nullptr});
  if (filter == nullptr) return;
  std::setvbuf(filter, nullptr, _IONBF, 0);
  std::cerr.flush();
  stderr = filter;
  std::cerr.rdbuf(new __gnu_cxx::stdio_sync_filebuf<char>(filter));
}

#else

void listenToStderr() {}

#endif

}  // namespace

DecoderMessages::DecoderMessages() {
  static std::once_flag once;
  std::call_once(once, listenToStderr);
  listener = &text_;
}

DecoderMessages::~DecoderMessages() {
  listener = nullptr;
}

}  // namespace fer::image
