#include "report/timeline/colours.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string_view>

#include "fer/core/text/letters.hpp"
#include "report/plot/frame.hpp"

namespace fer::report {
namespace {

/// The beginning of an emotion's name: "ang" is that of angry and of anger.
struct Expected {
  std::string_view stem;
  std::string_view colour;
};

constexpr std::array<Expected, 7> kExpected{{{"ang", "var(--s1)"},
                                             {"disgust", "var(--s2)"},
                                             {"fear", "var(--s3)"},
                                             {"happ", "var(--s4)"},
                                             {"sad", "var(--s0)"},
                                             {"surpris", "var(--s5)"},
                                             {"neutral", "var(--calm)"}}};

/// The i-th colour; after seven they are paler.
std::string seriesColour(std::size_t index) {
  constexpr std::size_t kColours = 7;
  const std::string colour = seriesStyle(index % kColours).colour;
  return index < kColours ? colour : "color-mix(in srgb," + colour + " 50%,var(--card))";
}

}  // namespace

std::vector<std::string> classColours(const std::vector<std::string>& classes) {
  std::vector<std::string> colours(classes.size());
  std::set<std::string> taken;
  for (std::size_t i = 0; i < classes.size(); ++i)
    for (const Expected& expected : kExpected)
      if (lowerCase(classes[i]).starts_with(expected.stem) && taken.insert(std::string(expected.colour)).second)
        colours[i] = expected.colour;
  std::size_t next = 0;
  for (std::string& colour : colours) {
    if (!colour.empty()) continue;
    while (!taken.insert(seriesColour(next)).second) ++next;
    colour = seriesColour(next++);
  }
  return colours;
}

}  // namespace fer::report
