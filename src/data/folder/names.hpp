#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/folder/tree.hpp"

namespace fer::data::folder {

/// The whole number that ends a file's name after its last underscore: 12 of "a/Training_12.jpg".
std::optional<std::uint64_t> numberOf(std::string_view path);

/// The part that folder editions of FER-2013 begin a file's name with: "Training_", "PublicTest_", "PrivateTest_".
std::optional<std::uint8_t> fer2013PartOf(std::string_view path);

/// Puts the pictures into the order of their dataset's rows, and gives them FER-2013's parts where their names tell
/// them. Names tell a part where each picture's begins with one and none contradicts the folder that it lies in.
///   numbers 0 .. N-1, each once    by number, as fer-data convert writes them
///   names that tell a part         by part, then by number
///   others                         by part, then by path
/// Returns the names of the parts.
std::vector<std::string> putInOrder(Tree& tree);

}  // namespace fer::data::folder
