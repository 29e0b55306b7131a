# Finds libjpeg-turbo, with which fer-eval --robustness compresses faces. Sets FER_WITH_JPEG, and says why when it is off.
find_package(TurboJPEG QUIET)
set(FER_WITH_JPEG ${TurboJPEG_FOUND})
if(NOT TurboJPEG_FOUND)
  message(STATUS "fer: libjpeg-turbo not found: fer-eval --robustness leaves JPEG out (install libturbojpeg0-dev)")
endif()
