#pragma once

#include <filesystem>
#include <string>

namespace fer {

/// Of the models that come with fer the one that is taken where none is named.
inline constexpr const char* kDefaultModel = "small";

/// A file of the current folder's data/models, of the share/fer/models that is installed or unpacked with this
/// executable, or of the project's data/models, the first that is there; else an empty path.
std::filesystem::path shippedModel(const std::string& name);

/// What a user means by a model: the file of that path; where there is none, of a name without a folder, the shipped
/// model "name" or "name.onnx"; else the path as it was given, for whoever opens it to say that it is missing.
std::filesystem::path modelNamed(const std::string& name);

}  // namespace fer
