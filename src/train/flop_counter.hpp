#pragma once

#include <ATen/record_function.h>

namespace fer::train {

/// Counts the floating-point operations of the convolutions and matrix products that LibTorch does while it lives in
/// this thread, and in autograd's on its behalf, forward and backward; a multiply-add counts two. One at a time.
class FlopCounter {
 public:
  FlopCounter();
  ~FlopCounter();
  FlopCounter(const FlopCounter&) = delete;
  FlopCounter& operator=(const FlopCounter&) = delete;

  double flop() const;

 private:
  at::CallbackHandle handle_;
};

}  // namespace fer::train
