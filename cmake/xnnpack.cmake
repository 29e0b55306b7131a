# Finds XNNPACK, a small library that runs exported models about twice as fast as OpenCV. Sets FER_WITH_XNNPACK, and says why
# when it is off. Its functions have no version: the compiler is asked whether they are those of Debian 12.
find_package(XNNPACK QUIET)
set(FER_WITH_XNNPACK OFF)
if(XNNPACK_FOUND)
  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_LIBRARIES XNNPACK::XNNPACK)
  check_cxx_source_compiles([[
#include <xnnpack.h>
int main() {
  xnn_operator_t made = nullptr;
  xnn_create_convolution2d_nhwc_f32(0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, nullptr, nullptr, 0, 1, 0, &made);
  return xnn_setup_convolution2d_nhwc_f32(made, 1, 1, 1, nullptr, nullptr, nullptr);
}]] FER_XNNPACK_IS_KNOWN)
  unset(CMAKE_REQUIRED_LIBRARIES)
  set(FER_WITH_XNNPACK ${FER_XNNPACK_IS_KNOWN})
endif()
if(NOT XNNPACK_FOUND)
  message(STATUS "fer: XNNPACK not found: without OpenVINO exported models run in OpenCV's dnn, at about half the speed (install "
    "libxnnpack-dev and libpthreadpool-dev)")
elseif(NOT FER_WITH_XNNPACK)
  message(STATUS "fer: XNNPACK at ${XNNPACK_LIBRARY} has other functions than Debian 12's and is not used")
endif()
