#include "command.hpp"
#include "fer/app/live.hpp"
#include "fer_live_options.hpp"

namespace {

constexpr const char* kExamples =
    "  fer-live lesson.mp4 --csv lesson.csv --out lesson.annotated.mp4 --timeline lesson.html\n"
    "  fer-live --camera 0                                            # a window; q closes it\n"
    "  fer-live cam1.mp4 cam2.mp4 rtsp://camera/stream --csv all.csv  # many sources, one network\n"
    "  fer-live lesson.mp4 --jsonl - | jq .faces                      # results as they come\n"
    "  fer-live lesson.mp4 --csv lesson.csv --resume                  # after a stop\n"
    "  fer-live --bench 16 --seconds 60                               # what this machine carries\n";

constexpr int kMostStreams = 1024;

}  // namespace

int main(int argc, char** argv) {
  const fer::tools::Command command{"fer-live", "say what the faces of recordings, cameras and streams show",
                                    kExamples};
  cxxopts::Options options = fer::tools::makeOptions(command);
  fer::tools::addLiveOptions(options);
  return fer::tools::run(command, options, argc, argv, [](const cxxopts::ParseResult& arguments) {
    const fer::app::LiveRequest request = fer::tools::readLiveRequest(arguments);
    if (arguments.count("bench") == 0) return fer::app::live(request);
    return fer::app::liveBench(request, fer::tools::wholeNumber(arguments, "bench", 1, kMostStreams));
  });
}
