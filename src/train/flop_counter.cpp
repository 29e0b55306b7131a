#include "flop_counter.hpp"

#include <ATen/core/Tensor.h>

#include <memory>
#include <string_view>
#include <vector>

namespace fer::train {
namespace {

thread_local double counted = 0;  // LibTorch's callbacks are plain functions

std::int64_t elements(const c10::IValue& value) {
  return value.isTensor() && value.toTensor().defined() ? value.toTensor().numel() : 0;
}

/// Multiply-adds of a convolution: each output takes one kernel, I x h x w of the O x I x h x w.
double convolution(std::int64_t outputs, const at::Tensor& weight) {
  return static_cast<double>(outputs) * static_cast<double>(weight.numel() / weight.size(0));
}

/// M x K times K x N.
double product(const at::Tensor& left, const at::Tensor& right) {
  return static_cast<double>(left.numel()) * static_cast<double>(right.size(-1));
}

double multiplyAdds(const at::RecordFunction& call) {
  const std::string_view name = call.name();
  const auto in = call.inputs();
  if (name == "aten::convolution") return convolution(elements(call.outputs().at(0)), in[1].toTensor());
  if (name == "aten::convolution_backward") {  // of the input, of the weight: each as dear as the way forward
    const std::vector<c10::IValue> results(call.outputs().begin(), call.outputs().end());
    const int asked = (elements(results.at(0)) > 0 ? 1 : 0) + (elements(results.at(1)) > 0 ? 1 : 0);
    return asked * convolution(elements(in[0]), in[2].toTensor());
  }
  if (name == "aten::mm") return product(in[0].toTensor(), in[1].toTensor());
  if (name == "aten::addmm") return product(in[1].toTensor(), in[2].toTensor());
  return 0;
}

}  // namespace

FlopCounter::FlopCounter() {
  counted = 0;
  handle_ = at::addThreadLocalCallback(
      at::RecordFunctionCallback(
          [](const at::RecordFunction&) -> std::unique_ptr<at::ObserverContext> { return nullptr; },
          [](const at::RecordFunction& call, at::ObserverContext*) { counted += 2 * multiplyAdds(call); })
          .needsInputs(true)
          .needsOutputs(true)
          .scopes({at::RecordScope::FUNCTION}));
}

FlopCounter::~FlopCounter() {
  at::removeCallback(handle_);
}

double FlopCounter::flop() const {
  return counted;
}

}  // namespace fer::train
