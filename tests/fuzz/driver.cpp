// Drives a fuzz target without libFuzzer: PROGRAM ITERATIONS [FIRST]. Iteration i mutates one of the target's seeds by
// random numbers that depend on i alone, so that a failure in iteration i comes again with `PROGRAM 1 i`.
#include "fuzz/driver.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <string_view>

#include "fer/core/random.hpp"

namespace {

using fer::RandomStream;

std::uint32_t below(std::size_t bound, RandomStream& random) {
  return random.below(static_cast<std::uint32_t>(bound));
}

/// A place in the text or at its end.
std::size_t anyPlace(const std::string& text, RandomStream& random) {
  return below(text.size() + 1, random);
}

/// A piece of the text, most often a short one.
std::string_view anyPiece(const std::string& text, RandomStream& random) {
  const std::size_t longest = random.below(8) == 0 ? text.size() : std::min<std::size_t>(text.size(), 8);
  return std::string_view(text).substr(anyPlace(text, random), below(longest + 1, random));
}

/// What parsers stumble over: limits of number types, separators, quotes, line ends, bytes outside ASCII.
std::string anyWord(RandomStream& random) {
  static const std::string kWords[] = {"-1",
                                       "0",
                                       "00",
                                       "255",
                                       "256",
                                       "65536",
                                       "2147483648",
                                       "4294967296",
                                       "9223372036854775808",
                                       "1e999",
                                       "nan",
                                       " ",
                                       "\t",
                                       ",",
                                       ";",
                                       ":",
                                       "\"",
                                       "\"\"",
                                       "{",
                                       "}",
                                       "[",
                                       "]",
                                       "\\",
                                       "\n",
                                       "\r",
                                       "\r\n",
                                       "\n\n",
                                       "\xEF\xBB\xBF",
                                       "\xFF",
                                       "\x80",
                                       std::string(1, '\0'),
                                       std::string(8, '\xFF')};
  return kWords[below(std::size(kWords), random)];
}

void mutateOnce(std::string& text, const std::string& other, RandomStream& random) {
  const std::size_t at = anyPlace(text, random);
  switch (random.below(7)) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << random.below(8)));
      break;
    case 1:
      if (at < text.size()) text[at] = static_cast<char>(random.below(256));
      break;
    case 2:
      text.erase(at, anyPiece(text, random).size());
      break;
    case 3:
      text.insert(at, std::string(anyPiece(text, random)));
      break;
    case 4:
      text.insert(at, anyPiece(other, random));
      break;
    case 5:
      text.insert(at, anyWord(random));
      break;
    case 6:
      text.replace(at, anyPiece(text, random).size(), anyWord(random));
      break;
  }
}

std::string inputOf(std::uint32_t iteration, const std::vector<std::string>& seeds) {
  RandomStream random(0, fer::Purpose::kSynth, 0, iteration);
  std::string text = seeds[below(seeds.size(), random)];
  // Most often one mutation, so that some inputs remain valid.
  for (std::uint32_t i = 1 + random.below(1 + random.below(5)); i > 0; --i)
    mutateOnce(text, seeds[below(seeds.size(), random)], random);
  return text;
}

void feed(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

volatile std::sig_atomic_t iteration_now = 0;

extern "C" void sayIteration(int) {
  char text[] = "fuzz: failed in iteration           \n";
  char* digit = text + sizeof text - 3;
  for (int rest = iteration_now; rest > 0; rest /= 10) *digit-- = static_cast<char>('0' + rest % 10);
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text, sizeof text - 1);
  std::signal(SIGABRT, SIG_DFL);
  ::raise(SIGABRT);
}

bool readCount(const char* text, int& count) {
  const std::string_view word(text);
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), count);
  return error == std::errc() && end == word.data() + word.size() && count >= 0;
}

}  // namespace

int main(int argc, char** argv) {
  int iterations = 0;
  int first = 0;
  if (argc < 2 || argc > 3 || !readCount(argv[1], iterations) || (argc == 3 && !readCount(argv[2], first))) {
    std::fprintf(stderr, "usage: %s ITERATIONS [FIRST]\n", argv[0]);
    return 2;
  }
  const std::vector<std::string> seeds = fer::fuzz::seeds();
  for (const std::string& seed : seeds) feed(seed);
  std::signal(SIGABRT, sayIteration);
  for (int i = 0; i < iterations; ++i) {
    iteration_now = first + i;
    feed(inputOf(static_cast<std::uint32_t>(first + i), seeds));
  }
  std::printf("%d inputs of %zu seeds\n", iterations, seeds.size());
}
