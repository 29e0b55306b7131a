#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fer/train/options.hpp"

namespace fer::train {

/// Where a step stands in its training.
struct ScheduleTime {
  int epochs;                   ///< of the training, from its config
  std::int64_t steps_an_epoch;  ///< at least 1
  int epoch;                    ///< 0-based
  std::int64_t step;            ///< 0-based, in its epoch
};

/// What the base learning rate is multiplied by in a step: a pure function of the config, so a resume needs no record
/// of it. With x = (epoch + step / steps_an_epoch), w = warmup, f = final, s = (x - w) / (epochs - w):
///   in the warm-up  (x + 1 / steps_an_epoch) / w           Goyal et al. 2017
///   constant        1
///   step            gamma^(milestones reached by x)        torch.optim.lr_scheduler.MultiStepLR
///   cosine          f + (1 - f) (1 + cos(pi s)) / 2        Loshchilov and Hutter 2017
///   linear          1 - (1 - f) s
///   one_cycle       up to 1 from 1/25 and down to 1/250,000, by half cosines, the first over 0.3 of all steps; it has
///                   no other warm-up                       torch.optim.lr_scheduler.OneCycleLR; Smith and Topin 2018
double scheduleFactor(const ScheduleOptions& options, const ScheduleTime& time);

/// The learning rates of an epoch's steps from `begin` on, where the base rate is `lr`.
std::vector<double> epochRates(const TrainOptions& options, double lr, int epoch, std::size_t begin, std::size_t steps);

}  // namespace fer::train
