#pragma once

/// Before a function: compiled once for any x86-64, once for AVX2 and once for AVX-512 (of servers since 2017, with
/// instructions for bytes); the processor chooses at start-up. Other compilers and processors, and sanitizer builds
/// (FER_NO_MULTIVERSION), get the portable version alone. Results are the same, since no version may contract or
/// reorder floating-point arithmetic.
#if !defined(FER_NO_MULTIVERSION) && defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define FER_MULTIVERSION __attribute__((target_clones("default", "avx2", "arch=x86-64-v4")))
#else
#define FER_MULTIVERSION
#endif
