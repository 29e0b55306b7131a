#pragma once

#include <ATen/record_function.h>

#include <map>
#include <string>

namespace fer::bench {

/// Where a step's time goes: while it lives, seconds that each of LibTorch's operations takes in any thread, less those
/// that it spends in other operations. One at a time.
class Operations {
 public:
  Operations();
  ~Operations();
  Operations(const Operations&) = delete;
  Operations& operator=(const Operations&) = delete;

  static std::map<std::string, double> seconds();  ///< by name, as counted so far

 private:
  at::CallbackHandle handle_;
};

}  // namespace fer::bench
