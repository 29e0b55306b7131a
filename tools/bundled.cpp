// One program of several names, so that a bundle holds their common code once: it does what the name says that it is
// called by.
#include <filesystem>
#include <iostream>
#include <string>

// The mains of the commands, renamed (CMakeLists.txt).
int ferPredictMain(int argc, char** argv);
#ifdef FER_WITH_HTTP
int ferServeMain(int argc, char** argv);
#endif

namespace {

struct BundledCommand {
  const char* name;
  int (*main)(int argc, char** argv);
};

constexpr BundledCommand kBundled[] = {
    {"fer-predict", &ferPredictMain},
#ifdef FER_WITH_HTTP
    {"fer-serve", &ferServeMain},
#endif
};

}  // namespace

int main(int argc, char** argv) {
  const std::string name = argc > 0 ? std::filesystem::path(argv[0]).filename().string() : "";
  std::string names;
  for (const BundledCommand& command : kBundled) {
    if (name == command.name) return command.main(argc, argv);
    names += (names.empty() ? "" : ", ") + std::string(command.name);
  }
  std::cerr << "this program is called as \"" << name << "\". Link it under a name that it knows: " << names << "\n";
  return 2;
}
