#pragma once

#include <filesystem>
#include <string>

namespace fer::vision {

/// Where opencv-data's cascade of frontal faces is: among the shipped models (a bundle has it there), or where its
/// package puts it. Throws Error (bad data) where it is not installed.
std::filesystem::path haarFile();

/// The file that the environment variable FER_YUNET names; else YuNet's file where shippedModel() finds it; else
/// nothing.
std::filesystem::path yunetFile();

/// The content of a detector's file. Throws Error (bad data) where it is missing or far larger than a detector is.
std::string readDetectorFile(const std::filesystem::path& file);

}  // namespace fer::vision
