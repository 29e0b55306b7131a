#pragma once

#include <nlohmann/json.hpp>
#include <opencv2/core/types.hpp>
#include <string>
#include <vector>

/// What JSON Lines and the API say of a face in the same words.
namespace fer::serve {

nlohmann::ordered_json boxJson(const cv::Rect& box);

/// A number for each class; null where there are none.
nlohmann::ordered_json sharesJson(const std::vector<float>& values, const std::vector<std::string>& classes);

/// The most probable class; null where there are no probabilities.
nlohmann::ordered_json dominantJson(const std::vector<float>& probabilities, const std::vector<std::string>& classes);

/// In one line; what is no UTF-8 is replaced.
std::string textOf(const nlohmann::ordered_json& json);

}  // namespace fer::serve
