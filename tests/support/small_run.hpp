#pragma once

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/run_command.hpp"
#include "support/temp_folder.hpp"

namespace fer::test {

/// fer-train's arguments for an epoch of small.json on one thread, and `more`.
inline std::vector<std::string> oneEpoch(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"--config", "small.json", "--threads", "1", "--set", "train.epochs=1"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

/// A folder with faces.csv (drawn faces of 16 x 16 pixels and three classes) and small.json, a config that trains on
/// them in about a second an epoch, to the same bits each time: on a GPU, too, which --device auto takes where there is
/// one.
class SmallProject {
 public:
  SmallProject() {
    const CommandResult drawn =
        runCommand("fer-data", {"synth", (folder_ / "faces.csv").string(), "--rows", "150", "--height", "16", "--width",
                                "16", "--classes", "sad,neutral,happy"});
    if (drawn.code != 0) throw std::runtime_error(drawn.err);
    std::ofstream(folder_ / "small.json") << R"({
      "model": {"name": "generic"},
      "data": {"path": "faces.csv", "height": 16, "width": 16, "classes": ["sad", "neutral", "happy"]},
      "augment": {"zoom": 0.2, "horizontal_flip": true, "brightness": [0.8, 1.2]},
      "train": {"epochs": 3, "batch_size": 8, "deterministic": true}})";
  }

  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }
  const std::filesystem::path& path() const { return folder_.path(); }

  /// Runs a command in the folder; FER2013_CSV does not count.
  CommandResult run(const std::string& command, const std::vector<std::string>& arguments,
                    CommandSetup setup = {}) const {
    return runCommand(command, arguments, inFolder(std::move(setup)));
  }
  CommandSetup inFolder(CommandSetup setup = {}) const {
    setup.folder = folder_.path();
    setup.environment.emplace_back("FER2013_CSV", "");
    return setup;
  }

 private:
  TempFolder folder_;
};

}  // namespace fer::test
