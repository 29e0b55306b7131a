#include "train/batch/resident_batches.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace fer::train {
namespace {

/// Values augmented in one go: enough to keep a large GPU busy, few enough to be a small part of its memory, in which
/// some arrays of 8 bytes a value stand then. 1024 of FER-2013's images.
constexpr std::int64_t kChunkValues = std::int64_t{1024} * 48 * 48;

std::int64_t chunkImages(std::int64_t batch_size, ImageShape shape) {
  const std::int64_t batch = batch_size * static_cast<std::int64_t>(shape.size());
  return std::max<std::int64_t>(1, kChunkValues / batch) * batch_size;
}

/// Images over bytes that outlive it.
at::Tensor imagesOver(std::span<const std::uint8_t> bytes, ImageShape shape) {
  // LibTorch has no read-only tensor; nothing writes to this one.
  auto* const pixels = const_cast<std::uint8_t*>(bytes.data());
  return at::from_blob(
      pixels, {static_cast<std::int64_t>(bytes.size() / shape.size()), shape.channels, shape.height, shape.width},
      at::kByte);
}

/// The dataset's, and behind them those equalised.
at::Tensor pixelsOf(const data::Dataset& dataset, std::span<const std::uint8_t> equalised, c10::Device device) {
  const at::Tensor images = imagesOver(dataset.columns().pixels, dataset.shape());
  if (equalised.empty()) return images.to(device);
  const std::int64_t count = images.size(0);
  at::Tensor both = at::empty({2 * count, images.size(1), images.size(2), images.size(3)},
                              at::TensorOptions(at::kByte).device(device));
  both.narrow(0, 0, count).copy_(images);
  both.narrow(0, count, count).copy_(imagesOver(equalised, dataset.shape()));
  return both;
}

at::Tensor labelsOf(const data::Dataset& dataset, c10::Device device) {
  at::Tensor labels = at::empty({static_cast<std::int64_t>(dataset.size())}, at::kLong);
  std::copy(dataset.columns().labels.begin(), dataset.columns().labels.end(), labels.data_ptr<std::int64_t>());
  return labels.to(device);
}

at::Tensor targetsOf(const data::Dataset& dataset, c10::Device device) {
  if (!dataset.hasTargets()) return {};
  at::Tensor targets = at::empty(
      {static_cast<std::int64_t>(dataset.size()), static_cast<std::int64_t>(dataset.classes().size())}, at::kFloat);
  std::copy(dataset.columns().targets.begin(), dataset.columns().targets.end(), targets.data_ptr<float>());
  return targets.to(device);
}

/// The rows' targets, where there are any.
at::Tensor chosen(const at::Tensor& targets, const at::Tensor& rows) {
  return targets.defined() ? targets.index_select(0, rows) : targets;
}

}  // namespace

ResidentBatches::ResidentBatches(const data::Dataset& dataset, const data::AugmentOptions& augment,
                                 const data::Preprocess& preprocess, std::uint32_t seed, std::size_t batch_size,
                                 c10::Device device, std::span<const std::uint8_t> equalised)
    : dataset_(dataset),
      augment_(augment),
      seed_(seed),
      rescale_(static_cast<float>(preprocess.rescale)),
      batch_size_(static_cast<std::int64_t>(batch_size)),
      chunk_size_(chunkImages(batch_size_, dataset.shape())),
      device_(device),
      augmenter_(augment, preprocess, dataset.shape(), device),
      pixels_(pixelsOf(dataset, equalised, device)),
      labels_(labelsOf(dataset, device)),
      targets_(targetsOf(dataset, device)) {
  if (augment.clahe.probability > 0 && equalised.empty())
    throw std::invalid_argument("ResidentBatches: augment.clahe is on, and no equalised images were made");
}

at::Tensor ResidentBatches::upload(std::span<const std::uint32_t> rows) const {
  at::Tensor list = at::empty({static_cast<std::int64_t>(rows.size())}, at::kLong);
  std::copy(rows.begin(), rows.end(), list.data_ptr<std::int64_t>());
  return list.to(device_);
}

void ResidentBatches::beginEpoch(std::span<const std::uint32_t> order, std::uint32_t epoch,
                                 std::span<const std::uint32_t> repeats) {
  std::vector<data::Augmentation> numbers;
  numbers.reserve(order.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    numbers.push_back(data::drawAugmentation(augment_, seed_, viewEpoch(epoch, repeats.empty() ? 0 : repeats[i]),
                                             dataset_.rowId(order[i])));
  std::vector<std::uint32_t> shown(order.begin(), order.end());
  for (std::size_t i = 0; i < shown.size(); ++i)
    if (numbers[i].equalised) shown[i] += static_cast<std::uint32_t>(dataset_.size());
  order_ = upload(order);
  shown_ = upload(shown);
  numbers_ = augmenter_.pack(numbers).to(device_);
  chunk_begin_ = -1;
}

void ResidentBatches::fill(std::int64_t begin) {
  const std::int64_t count = std::min(chunk_size_, order_.size(0) - begin);
  const at::Tensor rows = order_.narrow(0, begin, count);
  chunk_ = {augmenter_.apply(pixels_.index_select(0, shown_.narrow(0, begin, count)), numbers_.narrow(0, begin, count)),
            labels_.index_select(0, rows), chosen(targets_, rows)};
  chunk_begin_ = begin;
}

Batch ResidentBatches::augmented(std::size_t step) {
  const std::int64_t begin = static_cast<std::int64_t>(step) * batch_size_;
  if (chunk_begin_ < 0 || begin < chunk_begin_ || begin >= chunk_begin_ + chunk_.labels.size(0)) fill(begin);
  const std::int64_t within = begin - chunk_begin_;
  const std::int64_t count = std::min(batch_size_, chunk_.labels.size(0) - within);
  return {chunk_.images.narrow(0, within, count), chunk_.labels.narrow(0, within, count),
          chunk_.targets.defined() ? chunk_.targets.narrow(0, within, count) : chunk_.targets};
}

Batch ResidentBatches::plain(const at::Tensor& rows) const {
  return {pixels_.index_select(0, rows).to(at::kFloat).mul_(rescale_), labels_.index_select(0, rows),
          chosen(targets_, rows)};
}

}  // namespace fer::train
