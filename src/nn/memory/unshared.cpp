#include "nn/memory/unshared.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/utils.h>

namespace fer::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Handles of one tensor that are autograd's own while backward() runs.
struct Handles {
  std::size_t of_gradient = 0;
  std::size_t of_saved = 0;
};

/// Passes everything on and counts.
class CountHandles : public torch::autograd::Function<CountHandles> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& input, Handles* found) {
    context->save_for_backward({input});
    context->saved_data["found"] = reinterpret_cast<std::int64_t>(found);
    return input.clone();
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    // A Function keeps IValues, which hold no plain pointer. NOLINTNEXTLINE(performance-no-int-to-ptr)
    auto* const found = reinterpret_cast<Handles*>(context->saved_data["found"].toInt());
    *found = {gradients.front().use_count(), saved.front().use_count()};
    return {gradients.front(), at::Tensor()};
  }
};

/// Versions of LibTorch differ in them, so they are counted where nobody else has one.
const Handles& autogradsOwn() {
  static const Handles kHandles = [] {
    Handles found;
    const at::AutoGradMode with_gradients(true);
    const at::Tensor output = CountHandles::apply(at::ones({2}).requires_grad_() * 1, &found);
    (output * output).sum().backward();
    return found;
  }();
  return kHandles;
}

/// Only on the CPU: a GPU's backward pass runs in a thread of autograd's own, which should start no other.
bool hasOnly(std::size_t Handles::*own, const at::Tensor& tensor) {
  return tensor.device().is_cpu() && tensor.use_count() <= autogradsOwn().*own && tensor.storage().use_count() == 1 &&
         tensor.is_non_overlapping_and_dense();
}

}  // namespace

bool isUnsharedGradient(const at::Tensor& tensor) {
  return hasOnly(&Handles::of_gradient, tensor);
}

bool isUnsharedSaved(const at::Tensor& tensor) {
  return hasOnly(&Handles::of_saved, tensor);
}

}  // namespace fer::nn
