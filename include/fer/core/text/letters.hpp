#pragma once

#include <string>
#include <string_view>

namespace fer {

/// ASCII letters in lower case, whatever the locale; other bytes as they are.
std::string lowerCase(std::string_view text);

/// Whether both are spelt alike but for the case of ASCII letters.
bool sameInAnyCase(std::string_view one, std::string_view other);

}  // namespace fer
