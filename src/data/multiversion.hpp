#pragma once

/// Before a function: compiles it for several instruction sets and lets the program choose the best when it starts.
/// Where that cannot be had (other compilers and processors, sanitizers) there is one portable version. As contraction
/// and reassociation are off, all versions give the same bits.
#if !defined(FER_NO_MULTIVERSION) && defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define FER_MULTIVERSION __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define FER_MULTIVERSION
#endif
