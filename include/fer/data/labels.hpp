#pragma once

#include <string>
#include <vector>

namespace fer::data {

/// FER-2013's classes in the order of the CSV's integer codes (the folder edition's alphabetical order differs).
inline std::vector<std::string> fer2013Classes() {
  return {"angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"};
}

}  // namespace fer::data
