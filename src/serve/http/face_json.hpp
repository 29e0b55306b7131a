#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "serve/analysis/picture_service.hpp"

namespace fer::serve {

/// What a single picture shows: image, faces.
nlohmann::ordered_json pictureJson(const PictureOutcome& outcome, const std::vector<std::string>& classes);

/// What a live session's frame shows: width, height, faces with tracks and smoothed values.
nlohmann::ordered_json liveJson(const PictureOutcome& outcome, const std::vector<std::string>& classes);

}  // namespace fer::serve
