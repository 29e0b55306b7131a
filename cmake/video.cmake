# Finds what recordings and cameras are read with: FFmpeg's libraries, and OpenCV's videoio and highgui. Sets FER_WITH_VIDEO,
# and says why when it is off.
find_package(Libav QUIET)
set(FER_WITH_VIDEO OFF)
if(FER_WITH_OPENCV)
  find_package(OpenCVModules 4.5 QUIET COMPONENTS videoio highgui)
  if(OpenCVModules_FOUND AND Libav_FOUND)
    set(FER_WITH_VIDEO ON)
  endif()
endif()
if(NOT FER_WITH_VIDEO)
  message(STATUS "fer: FFmpeg's libraries or OpenCV's videoio and highgui not found: fer-live is not built (install libopencv-highgui-dev "
    "libavformat-dev, libavcodec-dev, libswscale-dev)")
endif()
