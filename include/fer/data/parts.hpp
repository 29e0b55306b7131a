#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fer::data {

/// The parts that FER-2013's rows belong to; "" where a file has no Usage column.
inline std::vector<std::string> fer2013Parts() {
  return {"Training", "PublicTest", "PrivateTest", ""};
}

/// The parts of other datasets, as their folders are called.
inline std::vector<std::string> ownParts() {
  return {"train", "validation", "test", ""};
}

/// Where a part stands in fer2013Parts().
constexpr std::uint8_t kTraining = 0;
constexpr std::uint8_t kPublicTest = 1;
constexpr std::uint8_t kPrivateTest = 2;
/// In both lists.
constexpr std::uint8_t kNoPart = 3;

/// What a part's rows are for.
enum class Role { kTrain, kValidate, kTest, kNothing };

/// By the part's name: Training and train train, validation validates, PublicTest, PrivateTest and test test.
Role roleOf(std::string_view part);

}  // namespace fer::data
