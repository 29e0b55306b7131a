#include "command.hpp"

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <new>
#include <sstream>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::tools {
namespace {

int report(const std::string& name, const std::string& message, Fault fault) {
  std::cout.flush();
  std::cerr << name << ": " << message << std::endl;
  return static_cast<int>(fault);
}

int dispatch(const Command& command, cxxopts::Options& options, int argc, char** argv,
             const std::function<int(const cxxopts::ParseResult&)>& body) {
  const cxxopts::ParseResult arguments = options.parse(argc, argv);
  int code = 0;
  if (arguments.count("help") != 0)
    std::cout << options.help() << "\nExamples:\n"
              << command.examples << (command.details.empty() ? "" : "\n") << command.details;
  else if (!arguments.unmatched().empty())
    throw usageError("unexpected argument \"" + arguments.unmatched().front() + "\". Try --help.");
  else
    code = body(arguments);
  std::cout.flush();
  if (!std::cout) throw Error(Fault::kOther, "standard output cannot be written. Is the disk full?");
  return code;
}

}  // namespace

cxxopts::Options makeOptions(const Command& command) {
  cxxopts::Options options(command.name, command.purpose);
  options.add_options()("h,help", "show this and stop");
  return options;
}

int run(const Command& command, cxxopts::Options options, int argc, char** argv,
        const std::function<int(const cxxopts::ParseResult&)>& body) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file-size limit is then an error of write(), not the end of the process
  try {
    return dispatch(command, options, argc, argv, body);
  } catch (const Error& error) {
    return report(command.name, error.what(), error.fault());
  } catch (const cxxopts::exceptions::exception& error) {
    return report(command.name, std::string(error.what()) + ". Try --help.", Fault::kUsage);
  } catch (const std::filesystem::filesystem_error& error) {  // a name too long, a folder that may not be looked into
    return report(command.name, error.path1().string() + ": " + error.code().message() + ". Check the path.",
                  Fault::kOther);
  } catch (const std::bad_alloc&) {
    return report(command.name, "out of memory", Fault::kOther);
  } catch (const std::exception& error) {
    // A library's text may go on with a list of its own functions.
    const std::string text = error.what();
    return report(command.name, "internal error: " + text.substr(0, text.find('\n')), Fault::kOther);
  }
}

std::string oneOf(const cxxopts::ParseResult& arguments, const std::string& name,
                  const std::vector<std::string>& choices) {
  const auto value = arguments[name].as<std::string>();
  std::string list;
  for (const std::string& choice : choices) {
    if (choice == value) return value;
    list += (list.empty() ? "" : ", ") + choice;
  }
  throw usageError("--" + name + ": expected one of " + list + ", found \"" + value + "\"");
}

void refuseBeside(const cxxopts::ParseResult& arguments, const std::string& option,
                  std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (arguments.count(name) != 0) throw usageError(std::string("--") + name + " does not go with --" + option);
}

int wholeNumber(const cxxopts::ParseResult& arguments, const std::string& name, int least, int most) {
  const int number = arguments[name].as<int>();
  if (number < least || number > most)
    throw usageError("--" + name + ": expected a whole number >= " + std::to_string(least) +
                     " and <= " + std::to_string(most) + ", found " + std::to_string(number));
  return number;
}

double realNumber(const cxxopts::ParseResult& arguments, const std::string& name, double least, double most) {
  const double number = arguments[name].as<double>();
  if (!(number >= least && number <= most))
    throw usageError("--" + name + ": expected a number >= " + shortest(least) + " and <= " + shortest(most) +
                     ", found " + shortest(number));
  return number;
}

std::vector<std::string> commaList(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream in(text + ',');
  for (std::string part; std::getline(in, part, ',');) parts.push_back(part);
  return parts;
}

}  // namespace fer::tools
