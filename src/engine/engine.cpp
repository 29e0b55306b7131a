#include "fer/engine/engine.hpp"

#include <array>
#include <utility>

#include "engine/engine_predictor.hpp"
#include "engine/runtime.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/processors.hpp"
#include "fer/weights/onnx/metadata.hpp"

namespace fer::engine {
namespace {

struct Engine {
  const char* name;
  const char* library;
  std::unique_ptr<Runtime> (*open)(const ModelFile& file,
                                   int threads);  ///< null where fer was built without the library
  bool is_exact = true;                           ///< computes in float32
  std::size_t faces_at_once = 1;
};

#ifdef FER_WITH_OPENVINO
constexpr auto kOpenVino = &openVinoRuntime;
constexpr auto kOpenVinoBf16 = &openVinoBf16Runtime;
#else
constexpr decltype(&openVinoRuntime) kOpenVino = nullptr;
constexpr decltype(&openVinoBf16Runtime) kOpenVinoBf16 = nullptr;
#endif
#ifdef FER_WITH_XNNPACK
constexpr auto kXnnpack = &xnnpackRuntime;
#else
constexpr decltype(&xnnpackRuntime) kXnnpack = nullptr;
#endif

/// OpenVINO computes 32 faces faster than one by one (`compact` by 1.05 to 1.15 in f32, by 1.4 in bf16), and than 128;
/// OpenCV's dnn computes `compact` slower then (by 0.85), though vgg_block faster (by 1.14), and so does XNNPACK (0.85
/// and 1.09).
constexpr std::array kEngines{
    Engine{.name = "openvino", .library = "OpenVINO", .open = kOpenVino, .faces_at_once = 32},
    Engine{
        .name = "openvino-bf16", .library = "OpenVINO", .open = kOpenVinoBf16, .is_exact = false, .faces_at_once = 32},
    Engine{.name = "xnnpack", .library = "XNNPACK", .open = kXnnpack},
    Engine{.name = "opencv", .library = "OpenCV", .open = &openCvRuntime},
};

/// The engines of a name, those that are tried first in front.
std::vector<Engine> enginesOf(const std::string& name) {
  std::vector<Engine> engines;
  std::string reason = "no such engine";
  std::string names = "auto";
  for (const Engine& engine : kEngines) {
    const bool is_meant = name == "auto" ? engine.is_exact : name == engine.name;
    if (engine.open == nullptr) {
      if (is_meant) reason = std::string("fer was built without ") + engine.library + " (docs/dependencies.md)";
      continue;
    }
    if (is_meant) engines.push_back(engine);
    names += std::string(", ") + engine.name;
  }
  if (!engines.empty()) return engines;
  throw usageError("engine " + name + ": " + reason + ". There are: " + names + ".");
}

weights::ModelDescription descriptionOf(const weights::OnnxHeader& header, const std::string& origin) {
  const auto found = header.metadata.find(weights::kDescriptionKey);
  if (found == header.metadata.end())
    throw dataError(origin +
                    ": an ONNX model, but not one of fer's: its metadata has no entry \"fer\", which says classes and "
                    "preprocessing. Use one that fer-export --format onnx wrote.");
  return weights::parseDescription(found->second, origin);
}

/// Held against what the network itself takes and gives.
void check(const weights::ModelDescription& description, const weights::OnnxHeader& header, const std::string& origin) {
  const ImageShape& input = description.spec.input;
  const std::vector<std::int64_t> images{-1, input.channels, input.height, input.width};
  const std::vector<std::int64_t> probabilities{-1, static_cast<std::int64_t>(description.spec.classes.size())};
  const auto are = [](const std::vector<weights::OnnxValue>& values, const char* name,
                      const std::vector<std::int64_t>& shape) {
    return values.size() == 1 && values.front().name == name && values.front().shape == shape;
  };
  if (!are(header.inputs, "images", images) || !are(header.outputs, "probabilities", probabilities) ||
      description.spec.classes.empty() || input.size() == 0)
    throw dataError(origin +
                    ": the network does not take and give what its metadata says: the file is damaged. Export "
                    "it again with fer-export --format onnx.");
}

struct Opened {
  Engine engine;
  std::unique_ptr<Runtime> runtime;
};

/// Opens a model with the first engine that takes it. What the last one says where none does is thrown.
Opened firstThatTakes(const ModelFile& file, const std::vector<Engine>& engines, int threads) {
  for (auto engine = engines.begin();; ++engine) {
    try {
      return {*engine, engine->open(file, threads)};
    } catch (const Error&) {
      if (engine + 1 == engines.end()) throw;
    }
  }
}

}  // namespace

std::vector<std::string> engineNames() {
  std::vector<std::string> names;
  names.reserve(kEngines.size());
  for (const Engine& engine : kEngines)
    if (engine.open != nullptr) names.emplace_back(engine.name);
  return names;
}

ExportedModel openModel(const std::filesystem::path& path, const EngineOptions& options) {
  enginesOf(options.name);  // a mistake in the command before one in the file
  return openModel(readFile(path, Fault::kData, weights::kMostOnnxBytes), path.string(), options);
}

ExportedModel openModel(std::string bytes, const std::string& origin, const EngineOptions& options) {
  const std::vector<Engine> engines = enginesOf(options.name);
  const weights::OnnxHeader header = weights::parseOnnxHeader(bytes, origin);
  weights::ModelDescription description = descriptionOf(header, origin);
  check(description, header, origin);
  const ModelFile file{std::move(bytes), origin, description.spec.input, header.has_half};
  const int threads = options.threads > 0 ? options.threads : usableProcessors();
  auto [engine, runtime] = firstThatTakes(file, engines, threads);
  auto predictor = std::make_unique<EnginePredictor>(std::move(runtime), description, origin);
  return {std::move(description), std::move(predictor), engine.name, engine.faces_at_once};
}

}  // namespace fer::engine
