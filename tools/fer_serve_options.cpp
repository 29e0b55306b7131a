#include "fer_serve_options.hpp"

#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "command.hpp"
#include "fer/core/child_process.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/text/json.hpp"
#include "model_options.hpp"

namespace fer::tools {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMega = std::size_t{1} << 20;

std::string tokenFrom(const cxxopts::ParseResult& arguments) {
  if (arguments.count("token-file") == 0) return "";
  std::string token = readFile(arguments["token-file"].as<std::string>(), Fault::kData, kMega);
  while (!token.empty() && (token.back() == '\n' || token.back() == '\r')) token.pop_back();
  if (token.empty()) throw dataError(arguments["token-file"].as<std::string>() + ": holds no token.");
  return token;
}

std::map<std::string, std::string> streamsFrom(const cxxopts::ParseResult& arguments) {
  std::map<std::string, std::string> streams;
  if (arguments.count("streams") == 0) return streams;
  const std::string file = arguments["streams"].as<std::string>();
  const nlohmann::json json = parseJson(readFile(file, Fault::kData), file, Fault::kData);
  const JsonNode root(json, file, "It holds {\"entrance\": \"rtsp://...\", \"desk\": \"camera 0\"}.");
  for (const auto& [id, source] : root.members()) {
    if (id.empty() ||
        id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != std::string::npos)
      throw dataError(file + ": \"" + id + "\": an id has letters, digits, - and _ alone.");
    streams[id] = source.text();
  }
  return streams;
}

}  // namespace

void addServeOptions(cxxopts::Options& options) {
  const auto text = [](const char* initial) { return cxxopts::value<std::string>()->default_value(initial); };
  const auto number = [](const char* initial) { return cxxopts::value<int>()->default_value(initial); };
  const auto file = [] { return cxxopts::value<std::string>(); };
  addModelOption(options);
  options.add_options()("address", "listens there; 0.0.0.0: for other machines too", text("127.0.0.1"), "ADDRESS")(
      "port", "0: any that is free", number("8080"), "N")(
      "host", "a name by which it is called, such as faces.example.org; may be repeated",
      cxxopts::value<std::vector<std::string>>(),
      "NAME")("token-file", "clients must give the token in this file", file(), "FILE")(
      "cert", "TLS: the certificate chain, PEM", file(), "FILE")("key", "TLS: its key, PEM", file(), "FILE");
  options.add_options()("streams", "JSON: the sources that may be started, by id; read by fer-live", file(), "FILE")(
      "live-command", "fer-live, for videos and streams (default: beside this program, else in the PATH)", file(),
      "FILE");
  options.add_options()("most-image", "of a picture", number("10"), "MB")(
      "most-pixels", "of a picture, in millions", number("25"), "N")("most-video", "of a video", number("256"), "MB")(
      "most-connections", "at a time", number("1100"), "N")("most-live", "live sessions at a time", number("256"), "N")(
      "rate", "requests a second of one address; 0: any", cxxopts::value<double>()->default_value("50"), "N");
  addDetectorOptions(options);
  options.add_options()("detector-size", "pictures with a longer side are shrunk to so many pixels to look for faces",
                        number("640"), "PIXELS");
  addEngineOptions(options);
}

serve::ServerOptions readServeOptions(const cxxopts::ParseResult& arguments) {
  constexpr int kMostPort = 65535;
  constexpr int kMany = 100000;
  constexpr int kLeastSide = 32;
  constexpr int kMostSide = 16384;
  const auto whole = [&](const char* name, int least, int most) {
    return static_cast<std::size_t>(wholeNumber(arguments, name, least, most));
  };
  serve::ServerOptions options;
  options.model = modelFrom(arguments);
  options.engine = engineFrom(arguments);
  options.threads = options.engine.threads;
  options.detector = detectorFrom(arguments);
  options.detector.longest_side = wholeNumber(arguments, "detector-size", kLeastSide, kMostSide);
  options.address = arguments["address"].as<std::string>();
  options.port = static_cast<unsigned short>(wholeNumber(arguments, "port", 0, kMostPort));
  if (arguments.count("host") != 0) options.hosts = arguments["host"].as<std::vector<std::string>>();
  options.token = tokenFrom(arguments);
  if (arguments.count("cert") != 0) options.certificate = arguments["cert"].as<std::string>();
  if (arguments.count("key") != 0) options.key = arguments["key"].as<std::string>();
  options.streams = streamsFrom(arguments);
  options.live_command = arguments.count("live-command") != 0 ? fs::path(arguments["live-command"].as<std::string>())
                                                              : findProgram("fer-live");
  options.limits.image_bytes = whole("most-image", 1, kMany) * kMega;
  options.limits.image_pixels = whole("most-pixels", 1, kMany) * 1'000'000;
  options.limits.video_bytes = whole("most-video", 1, kMany) * kMega;
  options.limits.connections = whole("most-connections", 1, kMany);
  options.limits.live_sessions = whole("most-live", 0, kMany);
  options.limits.requests_per_second = realNumber(arguments, "rate", 0, kMany);
  return options;
}

}  // namespace fer::tools
