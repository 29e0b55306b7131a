# What every target of ours compiles with.
function(fer_compile_options target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
    # False alarms of GCC 12 on std::string (GCC bug 105651), more of them where it comes from a precompiled header.
    -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds
    # Products and sums are rounded as written, with and without fused multiply-add: results equal Keras' to the bit.
    -ffp-contract=off
    # Libraries may end in a user's shared library; programs are compiled alike, to share precompiled headers.
    -fPIC)
  # LibTorch is a release build: without NDEBUG some classes in its headers have members that it does not know of.
  target_compile_definitions(${target} PRIVATE NDEBUG)
  if(FER_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)  # false alarms of GCC 12 in <regex> when sanitized
    target_compile_definitions(${target} PRIVATE FER_NO_MULTIVERSION)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
endfunction()

# fer_compile_lightly(TARGET): for what only calls the rooms (tests, mains): optimised less, compiled in two thirds of the time.
function(fer_compile_lightly target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()
