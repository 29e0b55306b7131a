#pragma once

#include <protozero/pbf_reader.hpp>
#include <string>
#include <string_view>

#include "fer/core/error.hpp"

/// What the readers of ONNX files share.
namespace fer::weights::onnx {

/// Bounds what a hostile file costs.
inline void requireFewer(std::size_t count, std::size_t most, const char* what) {
  if (count >= most) throw dataError("more than " + std::to_string(most) + " " + what);
}

/// What `read` makes of the file. Errors name `origin`.
template <class Read>
auto readingOf(std::string_view bytes, const std::string& origin, const Read& read) {
  const auto damaged = [&origin](const char* why) {
    return dataError(origin + ": not an ONNX model, or damaged (" + why +
                     "). Export it again with fer-export --format onnx.");
  };
  try {
    return read(protozero::pbf_reader(bytes.data(), bytes.size()));
  } catch (const protozero::exception& error) {
    throw damaged(error.what());
  } catch (const Error& error) {
    throw damaged(error.what());
  }
}

}  // namespace fer::weights::onnx
