#include "fer/report/events/event_file.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <protozero/pbf_writer.hpp>
#include <stdexcept>

#include "report/events/crc32c.hpp"
#include "report/png_size.hpp"

namespace fer::report {
namespace {

using Message = protozero::pbf_writer;

/// Numbers of the fields, by the names of TensorBoard's .proto files.
namespace event {
constexpr std::uint32_t kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5, kSessionLog = 7;
}
namespace session_log {
constexpr std::uint32_t kStatus = 1;
constexpr std::int32_t kStart = 1;
}  // namespace session_log
namespace summary {
constexpr std::uint32_t kValue = 1;
}
namespace value {
constexpr std::uint32_t kTag = 1, kSimpleValue = 2, kImage = 4, kTensor = 8, kMetadata = 9;
}
namespace image {
constexpr std::uint32_t kHeight = 1, kWidth = 2, kColourSpace = 3, kEncoded = 4;
}
namespace metadata {
constexpr std::uint32_t kPluginData = 1, kPluginName = 1;
}
namespace tensor {
constexpr std::uint32_t kType = 1, kShape = 2, kStrings = 8, kDimension = 2, kSize = 1;
constexpr std::int32_t kString = 7;
}  // namespace tensor

void append(std::string& text, std::uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(number >> (8 * i) & 0xFFU);
}

/// TensorFlow's: so that the checksum of data that holds checksums is none of these.
std::uint32_t masked(std::uint32_t checksum) {
  return (checksum >> 15U | checksum << 17U) + 0xA282EAD8U;
}

std::string record(const std::string& event) {
  std::string text;
  append(text, event.size(), 8);
  append(text, masked(crc32c(text)), 4);
  text += event;
  append(text, masked(crc32c(event)), 4);
  return text;
}

/// An event whose `fill` adds what it tells.
template <class Fill>
std::string eventRecord(double wall_time, std::int64_t step, const Fill& fill) {
  std::string bytes;
  Message message(bytes);
  message.add_double(event::kWallTime, wall_time);
  if (step != 0) message.add_int64(event::kStep, step);  // proto3 leaves out what is 0
  fill(message);
  return record(bytes);
}

}  // namespace

bool eventFilesBuilt() {
  return true;
}

std::string eventFileName(double wall_time) {
  std::array<char, 64> name{};
  std::snprintf(name.data(), name.size(), "events.out.tfevents.%010lld.fer", static_cast<long long>(wall_time));
  return name.data();
}

std::string firstRecord(double wall_time) {
  return eventRecord(wall_time, 0, [](Message& message) { message.add_string(event::kFileVersion, "brain.Event:2"); });
}

std::string restartRecord(double wall_time, std::int64_t step) {
  return eventRecord(wall_time, step, [](Message& message) {
    Message(message, event::kSessionLog).add_enum(session_log::kStatus, session_log::kStart);
  });
}

std::string scalarsRecord(double wall_time, std::int64_t step,
                          const std::vector<std::pair<std::string, double>>& scalars) {
  return eventRecord(wall_time, step, [&](Message& message) {
    Message all(message, event::kSummary);
    for (const auto& [tag, number] : scalars) {
      if (std::isnan(number)) continue;
      Message one(all, summary::kValue);
      one.add_string(value::kTag, tag);
      one.add_float(value::kSimpleValue, static_cast<float>(number));
    }
  });
}

std::string imageRecord(double wall_time, std::int64_t step, const std::string& tag, const std::string& png) {
  const std::optional<PngSize> size = pngSize(png);
  if (!size) throw std::invalid_argument("imageRecord: no PNG file");
  return eventRecord(wall_time, step, [&](Message& message) {
    Message all(message, event::kSummary);
    Message one(all, summary::kValue);
    one.add_string(value::kTag, tag);
    Message shown(one, value::kImage);
    shown.add_int32(image::kHeight, static_cast<std::int32_t>(size->height));
    shown.add_int32(image::kWidth, static_cast<std::int32_t>(size->width));
    shown.add_int32(image::kColourSpace, size->channels);
    shown.add_bytes(image::kEncoded, png);
  });
}

std::string textRecord(double wall_time, std::int64_t step, const std::string& tag, const std::string& text) {
  return eventRecord(wall_time, step, [&](Message& message) {
    Message all(message, event::kSummary);
    Message one(all, summary::kValue);
    one.add_string(value::kTag, tag);
    {
      Message content(one, value::kTensor);
      content.add_enum(tensor::kType, tensor::kString);
      {
        Message shape(content, tensor::kShape);
        Message(shape, tensor::kDimension).add_int64(tensor::kSize, 1);
      }
      content.add_bytes(tensor::kStrings, text);
    }
    Message about(one, value::kMetadata);
    Message(about, metadata::kPluginData).add_string(metadata::kPluginName, "text");
  });
}

}  // namespace fer::report
