#include "fer/nn/out_of_memory.hpp"

#include "fer/core/error.hpp"

namespace fer::nn {

std::string lineOf(const c10::OutOfMemoryError& error) {
  std::string text = error.what_without_backtrace();
  return text.substr(0, text.find('\n'));
}

void needingMemory(c10::Device device, const std::string& remedy, const std::function<void()>& work) {
  try {
    work();
  } catch (const c10::OutOfMemoryError& error) {
    throw Error(Fault::kOther, device.str() + " has too little memory free (" + lineOf(error) + "). " + remedy);
  }
}

}  // namespace fer::nn
