// Any text is either a config that is applied and written again, or an Error (usage) that begins with the file's name.
#include <nlohmann/json.hpp>
#include <string>

#include "fer/core/config/config.hpp"
#include "fer/core/text/json.hpp"
#include "fer/data/options.hpp"
#include "fuzz/driver.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace fer;
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  data::DataOptions data;
  data::AugmentOptions augment;
  KeyTable table;
  describe(data, table);
  describe(augment, table);
  try {
    applyConfig(table, parseJson(text, "c.json"), "c.json");
    applyConfig(table, nlohmann::json::parse(configJson(table).dump()), "again");
  } catch (const Error& error) {
    fuzz::require(error.fault() == Fault::kUsage, "an error that is not of the config");
    fuzz::require(std::string(error.what()).starts_with("c.json"),
                  std::string("an error without the file: ") + error.what());
  }
  try {
    applyAssignment(table, text);
  } catch (const Error& error) {
    fuzz::require(error.fault() == Fault::kUsage, "an error that is not of the command line");
  }
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  return {R"({"data": {"path": "a.csv", "protocol": "challenge", "split_seed": 7, "fractions": [0.5, 0.25, 0.25]}})",
          R"({"augment": {"zoom": 0.2, "horizontal_flip": true, "brightness": [0.2, 1.2], "profile": "keras-2.9"}})",
          R"({"data": {"classes": ["a", "b\u00e9"], "height": 32}, "augment": {}})", "data.fractions=[0.8,0.1,0.1]",
          "augment.zoom=1e-3"};
}
