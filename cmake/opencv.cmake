# Finds OpenCV, with which pictures are read, drawn and seen by exported models: the system's, or a static one by
# -DFER_OPENCV_STATIC=PREFIX (tools/static-opencv builds it). Sets FER_WITH_OPENCV, and says why when it is off.
set(FER_OPENCV_STATIC "" CACHE PATH "Prefix of a static OpenCV with its own CMake files, in place of the system's")
set(opencv_modules core imgproc imgcodecs dnn objdetect)

if(FER_OPENCV_STATIC)
  add_compile_options(-ffile-prefix-map=${FER_OPENCV_STATIC}/=)  # its headers' paths stay out of the program
  set(Protobuf_USE_STATIC_LIBS ON)
  find_package(Protobuf REQUIRED)  # its dnn links protobuf::libprotobuf
  find_package(OpenCV REQUIRED COMPONENTS ${opencv_modules} PATHS ${FER_OPENCV_STATIC} NO_DEFAULT_PATH)
  foreach(module IN LISTS opencv_modules)
    add_library(OpenCV::${module} INTERFACE IMPORTED)
    target_link_libraries(OpenCV::${module} INTERFACE opencv_${module})
    target_include_directories(OpenCV::${module} INTERFACE ${OpenCV_INCLUDE_DIRS})
  endforeach()
  set(FER_WITH_OPENCV ON)
else()
  find_package(OpenCVModules 4.5 QUIET COMPONENTS ${opencv_modules})
  set(FER_WITH_OPENCV ${OpenCVModules_FOUND})
endif()
if(NOT FER_WITH_OPENCV)
  message(STATUS "fer: OpenCV not found: no pictures, no samples.png, no fer-eval --explain and --robustness, no exported models (install libopencv-imgcodecs-dev, "
    "libopencv-dnn-dev, libopencv-objdetect-dev)")
endif()
