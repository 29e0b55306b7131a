#pragma once

#include <filesystem>
#include <string>

namespace fer::vision {

/// Where opencv-data's cascade of frontal faces is. Throws Error (bad data) where it is not installed.
std::filesystem::path haarFile();

/// The file that the environment variable FER_YUNET names; else YuNet's file in the current folder's data/models, the
/// project's, or the installed share/fer/models, the first that is there; else nothing.
std::filesystem::path yunetFile();

/// The content of a detector's file. Throws Error (bad data) where it is missing or far larger than a detector is.
std::string readDetectorFile(const std::filesystem::path& file);

}  // namespace fer::vision
