// Any text is either a sweep whose draws lie in their ranges and whose rungs grow, or an Error (usage) that begins with
// the file's name.
#include "app/sweep/halving.hpp"
#include "app/sweep/trials.hpp"
#include "fer/data/options.hpp"
#include "fuzz/driver.hpp"

namespace {

void requireWithin(const fer::app::SweepFile& sweep, const fer::app::Trial& trial) {
  for (const auto& [key, value] : trial.values) {
    const auto drawn = sweep.random.find(key);
    if (drawn == sweep.random.end() || drawn->second.kind == fer::app::Drawn::Kind::kChoice) continue;
    const auto number = value.get<double>();
    fer::fuzz::require(number >= drawn->second.low && number <= drawn->second.high, "a draw outside of its range");
  }
}

void requireGrowing(const fer::app::Halving& halving, std::size_t trials) {
  fer::app::Rung before{0, trials};
  for (const fer::app::Rung& rung : rungsOf(halving, trials)) {
    fer::fuzz::require(rung.epochs > before.epochs && rung.trials <= before.trials && rung.trials > 0, "a wrong rung");
    before = rung;
  }
  fer::fuzz::require(before.epochs == halving.epochs, "a last rung that is not the last");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace fer;
  constexpr int kMostDrawn = 20;
  data::AugmentOptions augment;
  KeyTable table;
  describe(augment, table);
  try {
    app::SweepFile sweep = app::parseSweep({reinterpret_cast<const char*>(bytes), size}, "s.json");
    sweep.random_runs = std::min(sweep.random_runs, kMostDrawn);  // thousands are thousands of the same
    const std::vector<app::Trial> trials = trialsOf(sweep);
    for (const app::Trial& trial : trials) requireWithin(sweep, trial);
    if (sweep.halving) requireGrowing(*sweep.halving, trials.size());
    checkKeys(sweep, table, "s.json");
  } catch (const Error& error) {
    fuzz::require(error.fault() == Fault::kUsage, "an error that is not of the file");
    fuzz::require(std::string(error.what()).starts_with("s.json"),
                  std::string("an error without the file: ") + error.what());
  } catch (const std::exception& error) {
    fuzz::require(false, std::string("not an error of ours: ") + error.what());
  }
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  return {R"({"base": "b.json", "set": {"augment": {"zoom": 0.2}}, "grid": {"augment.horizontal_flip": [true, false]},
              "seeds": [1, 2], "monitor": "val_accuracy"})",
          R"({"base": "b.json", "random": {"runs": 9, "seed": 4, "augment.zoom": {"uniform": [0, 0.3]},
              "a": {"log": [1e-4, 0.1]}, "b": {"int": [-2, 5]}, "c": {"choice": [1, "x"]}},
              "halving": {"factor": 3, "first_epochs": 5, "epochs": 45}})",
          R"({"base": "b.json", "seeds": [1], "halving": {"first_epochs": 1, "epochs": 1000000}})"};
}
