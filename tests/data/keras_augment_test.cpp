// Bit equality of Augmenter with Keras, on what tests/oracles/keras_augment.py wrote: the checked-in fixtures, or the
// folder that FER_AUGMENT_CASES names (made with --random).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fer/data/augment.hpp"

namespace fer::data {
namespace {

static_assert(std::endian::native == std::endian::little, "pixels.bin holds little-endian floats");

struct Image {
  ImageShape shape;
  std::vector<std::uint8_t> pixels;
};

struct Case {
  std::string text;  ///< its line of cases.json
  Image image;
  std::string profile;
  Augmentation numbers;
  bool brightness_on;
  std::vector<float> levels;    ///< Keras' result before the rescale
  std::vector<float> rescaled;  ///< and after it; empty where not stored
};

std::filesystem::path folder() {
  const char* other = std::getenv("FER_AUGMENT_CASES");
  return other ? std::filesystem::path(other) : std::filesystem::path(FER_FIXTURES) / "augment";
}

std::vector<char> bytesOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class T>
std::vector<T> slice(const std::vector<char>& bytes, std::size_t at, std::size_t count) {
  std::vector<T> values(count);
  if (at + count * sizeof(T) > bytes.size()) throw std::runtime_error("pixels.bin is too short");
  std::memcpy(values.data(), &bytes[at], count * sizeof(T));
  return values;
}

std::map<std::string, Image> imagesFrom(const nlohmann::json& json, const std::vector<char>& bytes) {
  std::map<std::string, Image> images;
  for (const auto& entry : json) {
    const ImageShape shape{entry.at("channels"), entry.at("height"), entry.at("width")};
    images[entry.at("name")] = {shape, slice<std::uint8_t>(bytes, entry.at("at"), shape.size())};
  }
  return images;
}

Case caseFrom(const nlohmann::json& json, const Image& image, const std::vector<char>& bytes) {
  const std::size_t size = image.shape.size();
  const bool brightness_on = !json.at("brightness").is_null();
  Case result{json.dump(), image, json.at("profile"), {}, brightness_on, {}, {}};
  result.numbers = {json.at("zoom_rows"), json.at("zoom_columns"), json.at("flip"),
                    brightness_on ? json.at("brightness").get<double>() : 1.0};
  if (json.at("type") == "u8") {
    const auto levels = slice<std::uint8_t>(bytes, json.at("at"), size);
    result.levels.assign(levels.begin(), levels.end());
  } else {
    result.levels = slice<float>(bytes, json.at("at"), size);
  }
  if (json.contains("rescaled_at")) result.rescaled = slice<float>(bytes, json.at("rescaled_at"), size);
  return result;
}

std::vector<Case> cases() {
  const std::vector<char> text = bytesOf(folder() / "cases.json");
  const std::vector<char> bytes = bytesOf(folder() / "pixels.bin");
  const auto json = nlohmann::json::parse(text.begin(), text.end());
  const auto images = imagesFrom(json.at("images"), bytes);
  std::vector<Case> result;
  for (const auto& entry : json.at("cases")) result.push_back(caseFrom(entry, images.at(entry.at("image")), bytes));
  return result;
}

std::vector<float> augmented(const Case& c, double rescale) {
  AugmentOptions options{.profile = c.profile, .zoom = 0.2, .horizontal_flip = true};
  if (c.brightness_on) options.brightness = {0.2, 1.2};
  std::vector<float> out(c.image.shape.size(), -1.0F);
  Augmenter(options, {.rescale = rescale}, c.image.shape).apply(c.image.pixels, c.numbers, out);
  return out;
}

/// "" or where the bits first differ.
std::string difference(const std::vector<float>& expected, const std::vector<float>& found) {
  for (std::size_t i = 0; i < expected.size(); ++i)
    if (std::bit_cast<std::uint32_t>(expected[i]) != std::bit_cast<std::uint32_t>(found[i]))
      return "pixel " + std::to_string(i) + ": Keras " + testing::PrintToString(expected[i]) + ", ours " +
             testing::PrintToString(found[i]);
  return "";
}

TEST(KerasAugment, LevelsBeforeTheRescaleAreEqualToTheBit) {
  const std::vector<Case> all = cases();
  ASSERT_GE(all.size(), 70U);
  for (const Case& c : all) EXPECT_EQ(difference(c.levels, augmented(c, 1.0)), "") << c.text;
}

TEST(KerasAugment, RescaledValuesAreEqualToTheBit) {
  std::size_t compared = 0;
  for (const Case& c : cases()) {
    if (c.rescaled.empty()) continue;
    EXPECT_EQ(difference(c.rescaled, augmented(c, 1.0 / 255.0)), "") << c.text;
    ++compared;
  }
  EXPECT_GE(compared, 4U);
}

}  // namespace
}  // namespace fer::data
