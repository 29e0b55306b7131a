#pragma once

#include <cxxopts.hpp>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

namespace fer::tools {

/// What a command is, for its --help.
struct Command {
  std::string name;       ///< "fer-data"
  std::string purpose;    ///< one line
  std::string examples;   ///< shown below the options
  std::string details{};  ///< shown last, e.g. the keys of the config; may be empty
};

/// The options every command has (--help) are added by this.
cxxopts::Options makeOptions(const Command& command);

/// Parses, calls `body`, and turns what it throws into one line on stderr and an exit code: 2 for usage or config, 3
/// for bad data, 1 for the rest. `body` returns the exit code. Output that cannot be written (a full disk behind
/// stdout) is an error too.
int run(const Command& command, cxxopts::Options options, int argc, char** argv,
        const std::function<int(const cxxopts::ParseResult&)>& body);

/// The text of an option that must be one of some words. Throws Error (usage) that lists them.
std::string oneOf(const cxxopts::ParseResult& arguments, const std::string& name,
                  const std::vector<std::string>& choices);

/// Throws Error (usage) where one of the options `names` is given, which do not go with `option`.
void refuseBeside(const cxxopts::ParseResult& arguments, const std::string& option,
                  std::initializer_list<const char*> names);

/// An option's whole number. Throws Error (usage) where it is below `least` or above `most`.
int wholeNumber(const cxxopts::ParseResult& arguments, const std::string& name, int least, int most);

/// Likewise an option's number, a double.
double realNumber(const cxxopts::ParseResult& arguments, const std::string& name, double least, double most);

/// The most threads that a command may be given.
constexpr int kMostThreads = 1024;

/// The parts of "a,b,c".
std::vector<std::string> commaList(const std::string& text);

}  // namespace fer::tools
