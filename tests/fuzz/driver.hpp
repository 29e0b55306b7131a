#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "fer/core/error.hpp"

/// What a fuzz target is: it takes any bytes, and ends the process by fer::fuzz::require if a promise does not hold.
/// The name is libFuzzer's, so that clang's -fsanitize=fuzzer can drive a target too, in place of driver.cpp.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace fer::fuzz {

/// The inputs that driver.cpp mutates, valid ones above all. Each target defines it.
std::vector<std::string> seeds();

/// Aborts the process with the message unless `holds`.
void require(bool holds, const std::string& message);

/// Requires that the error blames the data, and that what it says begins with `origin`, the file's name.
void requireDataError(const Error& error, const std::string& origin);

}  // namespace fer::fuzz
