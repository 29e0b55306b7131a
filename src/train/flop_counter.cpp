#include "train/flop_counter.hpp"

#include <ATen/core/Tensor.h>

#include <atomic>
#include <memory>
#include <string_view>
#include <vector>

namespace fer::train {
namespace {

// LibTorch's callbacks are plain functions. A GPU's backward pass runs in a thread of autograd's, which takes them over
// from the thread that asked for it.
std::atomic<double> counted = 0;
thread_local bool inside_convolution = false;

std::int64_t elements(const c10::IValue& value) {
  return value.isTensor() && value.toTensor().defined() ? value.toTensor().numel() : 0;
}

/// Multiply-adds of an output of a convolution: one kernel, I x h x w of the O x I x h x w.
double ofOneOutput(const at::Tensor& weight) {
  const std::int64_t kernel = weight.numel() / weight.size(0);
  return static_cast<double>(kernel);
}

/// M x K times K x N.
double product(const at::Tensor& left, const at::Tensor& right) {
  return static_cast<double>(left.numel()) * static_cast<double>(right.size(-1));
}

/// What is known at a call's begin, when its inputs can be seen, of what is counted at its end, by its outputs.
struct Call : at::ObserverContext {
  enum class Of { kOutputElements, kGradientsAskedFor };
  Call(Of what, double each) : counts(what), multiply_adds(each) {}
  Of counts;
  double multiply_adds;  ///< for each
};

std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction& call) {
  const std::string_view name = call.name();
  const auto in = call.inputs();
  if (name == "aten::mm" || name == "fer::product") counted += 2 * product(in[0].toTensor(), in[1].toTensor());
  if (name == "aten::addmm") counted += 2 * product(in[1].toTensor(), in[2].toTensor());
  // The second is also what the first calls, which counts.
  if (name == "aten::convolution" || (name == "aten::mkldnn_convolution" && !inside_convolution)) {
    inside_convolution = true;
    return std::make_unique<Call>(Call::Of::kOutputElements, ofOneOutput(in[1].toTensor()));
  }
  if (name == "aten::convolution_backward")  // a gradient is as dear as the way forward
    return std::make_unique<Call>(Call::Of::kGradientsAskedFor,
                                  static_cast<double>(elements(in[0])) * ofOneOutput(in[2].toTensor()));
  return nullptr;
}

void end(const at::RecordFunction& call, at::ObserverContext* context) {
  if (context == nullptr) return;
  const auto* const known = static_cast<const Call*>(context);
  const std::vector<c10::IValue> out(call.outputs().begin(), call.outputs().end());
  const double gradients = (elements(out.at(0)) > 0 ? 1 : 0) + (out.size() > 1 && elements(out.at(1)) > 0 ? 1 : 0);
  const bool forward = known->counts == Call::Of::kOutputElements;
  if (forward) inside_convolution = false;
  counted += 2 * known->multiply_adds * (forward ? static_cast<double>(elements(out.at(0))) : gradients);
}

}  // namespace

FlopCounter::FlopCounter() {
  counted = 0;
  inside_convolution = false;
  handle_ = at::addThreadLocalCallback(at::RecordFunctionCallback(&begin, &end)
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
