#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "fer/data/training_data.hpp"
#include "fer/train/compute.hpp"
#include "fer/train/experiment.hpp"

namespace fer::train {

/// What a storing of teachers' opinions tells, and asks.
struct StoreEvents {
  std::function<bool()> interrupted;                  ///< after every step
  std::function<void(std::size_t images)> asked;      ///< after every step: of so many images more
  std::function<void(int epoch, bool there)> stored;  ///< of a 0-based epoch, or found `there` already
};

/// Goes through the views of all of experiment's epochs, as its training would, and stores in `folder` what its
/// teachers (train.distill.teachers) say of them: a file an epoch, for train.distill.stored. Epochs that are there are
/// left, so a storing that was interrupted goes on. Returns false where it was. Throws Error (usage) where no teachers
/// are named, Error (bad data) where a file there is of other views or other teachers.
bool storeTeachers(const Experiment& experiment, const data::TrainingData& data, const Compute& compute,
                   const std::filesystem::path& folder, const StoreEvents& events);

/// The files of the teachers whose opinions a folder holds, as they lay then; none where it holds none, or none that
/// says. Throws Error (bad data) where its first file cannot be read.
std::vector<std::string> storedTeachers(const std::filesystem::path& folder);

}  // namespace fer::train
