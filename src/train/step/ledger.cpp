#include "train/step/ledger.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

namespace fer::train {

Ledger::Ledger(std::size_t steps, c10::Device device)
    : rows_(at::empty({static_cast<std::int64_t>(steps), 2}, at::TensorOptions(at::kDouble).device(device))) {
  images_.reserve(steps);
}

void Ledger::add(const Forward& result, std::int64_t images) {
  const torch::NoGradGuard no_grad;
  const at::Tensor row = rows_.select(0, static_cast<std::int64_t>(images_.size()));
  row.select(0, 0).copy_(result.loss);
  row.select(0, 1).copy_(result.correct);
  images_.push_back(images);
}

std::vector<Sums> Ledger::settle() {
  const at::Tensor fresh =
      rows_.slice(0, static_cast<std::int64_t>(settled_), static_cast<std::int64_t>(images_.size())).cpu();
  const double* number = fresh.data_ptr<double>();
  std::vector<Sums> list;
  list.reserve(images_.size() - settled_);
  for (; settled_ < images_.size(); ++settled_, number += 2)
    list.push_back(
        {number[0] * static_cast<double>(images_[settled_]), static_cast<std::int64_t>(number[1]), images_[settled_]});
  return list;
}

}  // namespace fer::train
