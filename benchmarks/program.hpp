#pragma once

#include <cxxopts.hpp>
#include <exception>
#include <functional>
#include <iostream>
#include <string>

#include "fer/core/error.hpp"
#include "measure.hpp"

/// The command line of those benchmarks that are no Google Benchmarks: long runs whose rounds take turns.
namespace fer::bench {

/// Parses, calls, and turns what is thrown into one line and an exit code: 2 where the command line is to blame.
inline int run(cxxopts::Options options, int argc, char** argv,
               const std::function<void(const cxxopts::ParseResult&)>& body) {
  options.add_options()("h,help", "show this and stop");
  const auto complain = [&](const std::string& message, Fault fault) {
    std::cerr << options.program() << ": " << message << '\n';
    return static_cast<int>(fault);
  };
  try {
    const cxxopts::ParseResult arguments = options.parse(argc, argv);
    if (!arguments.unmatched().empty())
      throw usageError("unexpected argument \"" + arguments.unmatched().front() + "\". Try --help.");
    if (arguments.count("help") != 0)
      std::cout << options.help();
    else
      body(arguments);
    return 0;
  } catch (const Error& error) {
    return complain(error.what(), error.fault());
  } catch (const cxxopts::exceptions::exception& error) {
    return complain(error.what(), Fault::kUsage);
  } catch (const std::exception& error) {
    return complain(error.what(), Fault::kOther);
  }
}

/// The number of an option that must be `least` or more.
inline int numberOf(const cxxopts::ParseResult& arguments, const std::string& name, int least) {
  const int value = arguments[name].as<int>();
  if (value < least)
    throw usageError("--" + name + ": expected " + std::to_string(least) + " or more, found " + std::to_string(value));
  return value;
}

}  // namespace fer::bench
