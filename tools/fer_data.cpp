#include "command.hpp"

int main(int argc, char** argv) {
  const fer::tools::Command command{"fer-data", "look at, check and make FER-2013-format datasets",
                                    "  fer-data info fer2013.csv\n"};
  return fer::tools::run(command, fer::tools::makeOptions(command), argc, argv, [](const auto&) { return 0; });
}
