#pragma once

#include <c10/core/Device.h>
#include <c10/util/Exception.h>

#include <functional>
#include <string>

namespace fer::nn {

/// What LibTorch says of a device whose memory is full, as one line.
std::string lineOf(const c10::OutOfMemoryError& error);

/// Calls `work`. Where a GPU's memory is full throws Error, one line that ends with the remedy.
void needingMemory(c10::Device device, const std::string& remedy, const std::function<void()>& work);

}  // namespace fer::nn
