# Finds OpenCV, with which pictures are read, drawn and seen by exported models. Sets FER_WITH_OPENCV, and says why when it
# is off.
find_package(OpenCVModules 4.5 QUIET COMPONENTS core imgproc imgcodecs dnn objdetect)
set(FER_WITH_OPENCV ${OpenCVModules_FOUND})
if(NOT OpenCVModules_FOUND)
  message(STATUS "fer: OpenCV not found: no pictures, no samples.png, no fer-eval --explain and --robustness, no exported models (install libopencv-imgcodecs-dev, "
    "libopencv-dnn-dev, libopencv-objdetect-dev)")
endif()
