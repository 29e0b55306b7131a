#include "nn/kernels/dense_product.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/record_function.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/utils.h>

#include <algorithm>
#include <vector>

namespace fer::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// M x K times K x N; each thread makes some columns. Observers see it whole, as "fer::product".
at::Tensor product(const at::Tensor& left, const at::Tensor& right) {
  RECORD_FUNCTION("fer::product", std::vector<c10::IValue>({left, right}));
  constexpr std::int64_t kWork = 1 << 18;  // multiply-adds worth a thread's while
  constexpr std::int64_t kColumns = 8;
  const at::Tensor result = at::empty({left.size(0), right.size(1)}, left.options());
  const std::int64_t grain = std::max(kColumns, kWork / std::max<std::int64_t>(1, left.numel()));
  at::parallel_for(0, right.size(1), grain, [&](std::int64_t begin, std::int64_t end) {
    const at::DisableRecordFunctionGuard no_parts;
    const torch::NoGradGuard no_grad;  // a thread's own setting
    at::Tensor part = result.narrow(1, begin, end - begin);
    at::mm_out(part, left, right.narrow(1, begin, end - begin));
  });
  return result;
}

class DenseProduct : public torch::autograd::Function<DenseProduct> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& input, const at::Tensor& weight,
                            const at::Tensor& bias) {
    context->save_for_backward({input, weight});
    context->saved_data["input"] = input.requires_grad();
    return product(input.detach(), weight.detach().t()).add_(bias.detach());
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const at::Tensor given = gradients.front().detach();
    const bool goes_on = context->saved_data["input"].toBool();
    return {goes_on ? product(given, saved[1].detach()) : at::Tensor(), product(given.t(), saved[0].detach()),
            given.sum(0)};
  }
};

}  // namespace

at::Tensor denseProduct(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  return DenseProduct::apply(input, weight, bias);
}

bool sharesProducts(const at::Tensor& input) {
  return input.device().is_cpu() && (input.scalar_type() == at::kFloat || input.scalar_type() == at::kDouble) &&
         input.dim() == 2;
}

}  // namespace fer::nn
