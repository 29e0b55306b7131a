# What every target of ours compiles with.
function(fer_compile_options target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
    -Wno-restrict  # false alarms of GCC 12 on std::string (GCC bug 105651)
    # Products and sums are rounded as written, with and without fused multiply-add: results equal Keras' to the bit.
    -ffp-contract=off)
  if(FER_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)  # false alarms of GCC 12 in <regex> when sanitized
    target_compile_definitions(${target} PRIVATE FER_NO_MULTIVERSION)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
endfunction()
