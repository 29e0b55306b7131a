// Any text is either the state of a tracker or of a smoother, which goes on and is written and read again to the same
// text, or an Error (bad data) that begins with the file's name.
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/core/text/json.hpp"
#include "fer/vision/smoother.hpp"
#include "fer/vision/tracker.hpp"
#include "fuzz/driver.hpp"

namespace {

using fer::vision::Face;
using fer::vision::LabelSmoother;
using fer::vision::Tracker;
using nlohmann::json;

constexpr double kLatest = 1e300;
const std::vector<Face> kFaces = {{{10, 20, 30, 40}, 0.9F, std::nullopt}, {{200, 20, 100, 100}, 0.7F, std::nullopt}};

void goOn(const json& state) {
  Tracker tracker = Tracker::fromJson({}, state, "s.json");
  const std::string written = tracker.toJson().dump();
  fer::fuzz::require(Tracker::fromJson({}, json::parse(written), "again").toJson().dump() == written,
                     "what was read is written otherwise: " + written);
  const double time_s = state.at("time_s").is_number() ? state.at("time_s").get<double>() : 0;
  for (const auto& track : tracker.predict(time_s))
    fer::fuzz::require(std::isfinite(track.box.x) && std::isfinite(track.box.width) && !track.box.empty(),
                       "a track without a place");
  tracker.update(time_s, kFaces);
  if (time_s < kLatest) tracker.update(time_s + 0.1, kFaces);
}

void goOnSmoothing(const json& state) {
  LabelSmoother smoother = LabelSmoother::fromJson({}, state, "s.json");
  const std::string written = smoother.toJson().dump();
  fer::fuzz::require(LabelSmoother::fromJson({}, json::parse(written), "again").toJson().dump() == written,
                     "what was read is written otherwise: " + written);
}

/// Runs what may end with an Error that blames the data, and with nothing else.
template <class Function>
void expectDataError(Function function) {
  try {
    function();
  } catch (const fer::Error& error) {
    fer::fuzz::requireDataError(error, "s.json");
  } catch (...) {
    fer::fuzz::require(false, "another exception");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  expectDataError([&] { goOn(fer::parseJson(text, "s.json", fer::Fault::kData)); });
  expectDataError([&] { goOnSmoothing(fer::parseJson(text, "s.json", fer::Fault::kData)); });
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  std::vector<std::string> seeds = {R"({"schema": 1})"};
  expectDataError([&] {
    Tracker tracker;
    tracker.update(0, kFaces);
    tracker.update(0.5, kFaces);
    LabelSmoother smoother;
    smoother.update(1, 0.5, std::vector<float>{0.25F, 0.75F});
    smoother.update(3, 1.5, std::vector<float>{1, 0});
    for (const json& state : {tracker.toJson(), Tracker().toJson(), smoother.toJson()}) seeds.push_back(state.dump());
  });
  return seeds;
}
