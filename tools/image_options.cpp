#include "image_options.hpp"

#include "command.hpp"
#include "fer/core/config/config.hpp"

namespace fer::tools {
namespace {

const std::string kOrigin = "command line";

}  // namespace

void addImageOptions(cxxopts::Options& options) {
  const auto text = [](const char* initial) { return cxxopts::value<std::string>()->default_value(initial); };
  options.add_options("Image")("height", "pixels", text("48"), "N")("width", "pixels", text("48"), "N")(
      "channels", "1 grey, 3 red-green-blue", text("1"), "N")(
      "classes", "names in the order of the labels 0, 1, 2 ...; a folder has its own",
      text("angry,disgust,fear,happy,sad,surprise,neutral"), "A,B,C");
}

data::DataOptions imageOptions(const cxxopts::ParseResult& arguments, int smallest_side) {
  constexpr double kLargestSide = 4096;
  data::DataOptions options;
  KeyTable table;
  table.add("--height", &options.shape.height, "", {static_cast<double>(smallest_side), kLargestSide});
  table.add("--width", &options.shape.width, "", {static_cast<double>(smallest_side), kLargestSide});
  table.add("--channels", &options.shape.channels, "", {1, 3});
  applyOptions(table, arguments);
  options.classes = commaList(arguments["classes"].as<std::string>());
  data::validate(options, kOrigin);
  return options;
}

void applyOptions(const KeyTable& table, const cxxopts::ParseResult& arguments) {
  for (const Key& key : table.keys()) {
    const std::string name = key.path.substr(2);
    if (arguments.count(name) != 0) applyAssignment(table, key.path + "=" + arguments[name].as<std::string>(), kOrigin);
  }
}

}  // namespace fer::tools
