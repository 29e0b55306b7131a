#include "command.hpp"
#include "fer/app/sweep.hpp"
#include "fer/core/error.hpp"

namespace {

constexpr const char* kExamples =
    "  fer-sweep sweep.json --dry-run                   # the runs, and how long they take\n"
    "  fer-sweep sweep.json --data fer2013.csv          # experiments/sweep/leaderboard.csv\n"
    "  fer-sweep sweep.json --parallel 4 --out tries    # four at once\n"
    "  fer-sweep --resume tries                         # after Ctrl-C, a crash or a power cut\n";

constexpr const char* kFile =
    "sweep.json, all combinations, or draws:\n"
    "  {\"base\": \"compact.json\", \"set\": {\"train.epochs\": 30},\n"
    "   \"grid\": {\"train.optimiser.lr\": [0.0003, 0.001], \"augment.zoom\": [0, 0.2]},\n"
    "   \"seeds\": [1, 2, 3]}\n"
    "  {\"base\": \"compact.json\",\n"
    "   \"random\": {\"runs\": 27, \"seed\": 1, \"train.optimiser.lr\": {\"log\": [1e-4, 1e-1]},\n"
    "              \"augment.zoom\": {\"uniform\": [0, 0.3]}, \"train.batch_size\": {\"choice\": [32, 64]}},\n"
    "   \"halving\": {\"factor\": 3, \"first_epochs\": 5, \"epochs\": 45}, \"monitor\": \"val_accuracy\"}\n"
    "Keys: fer-train --help. The whole format: docs/sweep.md\n";

fer::app::SweepRequest requestFrom(const cxxopts::ParseResult& arguments) {
  constexpr int kMostAtOnce = 256;
  fer::app::SweepRequest request;
  request.dry_run = arguments.count("dry-run") != 0;
  request.parallel = fer::tools::wholeNumber(arguments, "parallel", 1, kMostAtOnce);
  if (arguments.count("resume") != 0) {
    if (arguments.count("file") != 0) throw fer::usageError("a sweep's file does not go with --resume");
    fer::tools::refuseBeside(arguments, "resume", {"data", "out", "dry-run"});
    request.resumed = arguments["resume"].as<std::string>();
    return request;
  }
  if (arguments.count("file") == 0) throw fer::usageError("give a sweep's file, or --resume DIR. Try --help.");
  request.file = arguments["file"].as<std::string>();
  if (arguments.count("data") != 0) request.data = arguments["data"].as<std::string>();
  if (arguments.count("out") != 0) request.out = arguments["out"].as<std::string>();
  return request;
}

}  // namespace

int main(int argc, char** argv) {
  const fer::tools::Command command{"fer-sweep", "Trains many configs and ranks them by their validation images",
                                    kExamples, kFile};
  cxxopts::Options options = fer::tools::makeOptions(command);
  const auto text = [] { return cxxopts::value<std::string>(); };
  options.add_options()("file", "what to try", text(), "FILE")("data", "the dataset, short for data.path", text(),
                                                               "CSV")(
      "out", "folder of the sweep (default experiments/<file name>; a taken name gets -2, -3 ...)", text(), "DIR")(
      "parallel", "runs at once; processors are shared out among them", cxxopts::value<int>()->default_value("1"), "N")(
      "resume", "go on with an interrupted sweep; what failed is tried again", text(), "DIR")(
      "dry-run", "list the runs and say how long they would take; write nothing");
  options.parse_positional({"file"});
  options.positional_help("FILE");
  return fer::tools::run(command, options, argc, argv, [&](const cxxopts::ParseResult& arguments) {
    return fer::app::runSweep(requestFrom(arguments), argv[0]);
  });
}
