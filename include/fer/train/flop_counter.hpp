#pragma once

#include <ATen/record_function.h>

namespace fer::train {

/// Counts the floating-point operations of the convolutions and matrix products that LibTorch does in this thread while
/// it lives, forward and backward; a multiply-add counts two. One at a time.
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
