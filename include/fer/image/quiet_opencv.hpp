#pragma once

namespace fer::image {

/// Keeps OpenCV's log from the terminal for as long as it lives: what is wrong goes into our own message. The log's
/// level is one for the whole process.
class QuietOpenCv {
 public:
  QuietOpenCv();
  ~QuietOpenCv();
  QuietOpenCv(const QuietOpenCv&) = delete;
  QuietOpenCv& operator=(const QuietOpenCv&) = delete;

 private:
  int earlier_;
};

}  // namespace fer::image
