// For clang-tidy alone, included before every file. In C++20 Clang instantiates the constexpr members of std::vector
// where they are first named, and LibTorch 1.13 names those of a class (c10::IValue) that it defines later. Here they
// are inline.
#pragma once

#include <iterator>
#include <memory>
#include <string>

// NOLINTBEGIN(bugprone-reserved-identifier)
#pragma push_macro("_GLIBCXX20_CONSTEXPR")
#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR
#define __fill_a1 __fill_a1_of_bits  // declared constexpr in a header above
#include <vector>
#undef __fill_a1
#pragma pop_macro("_GLIBCXX20_CONSTEXPR")
// NOLINTEND(bugprone-reserved-identifier)
