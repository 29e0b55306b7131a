// Bit equality of Augmenter with Keras, on what tests/oracles/keras_augment.py wrote, and with Keras 2.12 and 3.15
// beside it keras2_augment.py and keras3_augment.py: the checked-in fixtures, or the folder that FER_AUGMENT_CASES
// names (made with --random).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fer/data/augment/augment.hpp"

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

constexpr const char* kOtherCases = "FER_AUGMENT_CASES";

std::filesystem::path folder() {
  const char* other = std::getenv(kOtherCases);
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

bool sameBits(float a, float b) {
  return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

/// "" or where the bits first differ.
std::string difference(const std::vector<float>& expected, const std::vector<float>& found) {
  for (std::size_t i = 0; i < expected.size(); ++i)
    if (!sameBits(expected[i], found[i]))
      return "pixel " + std::to_string(i) + ": Keras " + testing::PrintToString(expected[i]) + ", ours " +
             testing::PrintToString(found[i]);
  return "";
}

struct Tally {
  std::size_t images = 0;
  std::size_t pixels = 0;
  std::size_t different = 0;

  void add(const std::vector<float>& expected, const std::vector<float>& found) {
    ++images;
    pixels += expected.size();
    for (std::size_t i = 0; i < expected.size(); ++i) different += sameBits(expected[i], found[i]) ? 0 : 1;
  }
};

using Tallies = std::map<std::string, Tally>;  ///< by profile

void report(const char* what, const Tallies& tallies, std::size_t least) {
  for (const auto& [profile, tally] : tallies)
    std::cout << profile << ", " << what << ": " << tally.images << " images, " << tally.pixels << " pixels compared, "
              << tally.different << " different\n";
  if (std::getenv(kOtherCases)) return;
  for (const char* profile : {"keras-2.8", "keras-2.9"})
    EXPECT_TRUE(tallies.contains(profile) && tallies.at(profile).images >= least) << profile;
}

TEST(KerasAugment, LevelsBeforeTheRescaleAreEqualToTheBit) {
  Tallies tallies;
  for (const Case& c : cases()) {
    const std::vector<float> ours = augmented(c, 1.0);
    tallies[c.profile].add(c.levels, ours);
    EXPECT_EQ(difference(c.levels, ours), "") << c.text;
  }
  report("before the rescale", tallies, 40);
}

TEST(KerasAugment, RescaledValuesAreEqualToTheBit) {
  Tallies tallies;
  for (const Case& c : cases()) {
    if (c.rescaled.empty()) continue;
    const std::vector<float> ours = augmented(c, 1.0 / 255.0);
    tallies[c.profile].add(c.rescaled, ours);
    EXPECT_EQ(difference(c.rescaled, ours), "") << c.text;
  }
  report("rescaled", tallies, 2);
}

}  // namespace
}  // namespace fer::data
