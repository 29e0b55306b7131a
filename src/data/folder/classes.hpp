#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fer::data::folder {

/// The classes of a dataset, and which one each class folder is of.
struct Classes {
  std::vector<std::string> names;
  std::vector<std::uint8_t> of_folder;
};

/// The wanted names in their order where the folders' are the same ones, in any case and order; else FER-2013's where
/// they are those; else the folders' own.
Classes classesOf(const std::vector<std::string>& folders, const std::vector<std::string>& wanted);

/// What of two lists of names is not in the other: "the folders lack sad; glad is none of data.classes"; or nothing.
std::string difference(const std::vector<std::string>& folders, const std::vector<std::string>& wanted);

}  // namespace fer::data::folder
