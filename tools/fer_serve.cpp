#include <sys/resource.h>

#include <iostream>

#include "command.hpp"
#include "fer/core/interrupt.hpp"
#include "fer/serve/http/server.hpp"
#include "fer_serve_options.hpp"

namespace {

constexpr const char* kExamples =
    "  fer-serve                                    # http://127.0.0.1:8080: page with camera, upload, streams\n"
    "  curl -F image=@photo.jpg http://127.0.0.1:8080/v1/analyze\n"
    "  fer-serve --model mine.onnx                  # your own network, exported by fer-export\n"
    "  fer-serve --address 0.0.0.0 --host faces.example.org --cert chain.pem --key key.pem --token-file token\n";

/// As many connections as the system allows.
void raiseFileLimit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
  const fer::tools::Command command{"fer-serve", "a page and an API that say what faces show", kExamples};
  cxxopts::Options options = fer::tools::makeOptions(command);
  fer::tools::addServeOptions(options);
  return fer::tools::run(command, options, argc, argv, [](const cxxopts::ParseResult& arguments) {
    fer::watchInterrupts();
    raiseFileLimit();
    fer::serve::Server server(fer::tools::readServeOptions(arguments));
    std::cout << server.url() << std::endl;
    server.run([] { return fer::interruptSignal() != 0; });
    return 0;
  });
}
