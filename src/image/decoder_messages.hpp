#pragma once

#include <string>

namespace fer::image {

/// Hears what OpenCV and the libraries below it print on stderr in this thread, for as long as it lives: they know no
/// other way to say what is wrong with a file. Other threads' text passes on. Where the C library is not glibc, nothing
/// is heard and all is printed. One at a time in a thread.
class DecoderMessages {
 public:
  DecoderMessages();
  ~DecoderMessages();
  DecoderMessages(const DecoderMessages&) = delete;
  DecoderMessages& operator=(const DecoderMessages&) = delete;

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace fer::image
