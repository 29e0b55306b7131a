# OpenCV::core, imgproc, imgcodecs, dnn, objdetect: the modules asked for, by their headers and libraries. OpenCV's own
# CMake files come with a package that needs all of its modules (VTK, Qt, OpenMPI); these need their own alone.
find_path(OPENCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4)
mark_as_advanced(OPENCV_INCLUDE_DIR)
if(OPENCV_INCLUDE_DIR)
  file(STRINGS ${OPENCV_INCLUDE_DIR}/opencv2/core/version.hpp opencv_version_lines
    REGEX "#define CV_VERSION_(MAJOR|MINOR|REVISION) +[0-9]+")
  string(REGEX REPLACE "[^0-9;]" "" OpenCVModules_VERSION "${opencv_version_lines}")
  list(JOIN OpenCVModules_VERSION "." OpenCVModules_VERSION)
endif()
foreach(module IN LISTS OpenCVModules_FIND_COMPONENTS)
  find_library(OPENCV_${module}_LIBRARY opencv_${module})
  mark_as_advanced(OPENCV_${module}_LIBRARY)
  if(OPENCV_INCLUDE_DIR AND OPENCV_${module}_LIBRARY AND EXISTS ${OPENCV_INCLUDE_DIR}/opencv2/${module}.hpp)
    set(OpenCVModules_${module}_FOUND TRUE)
  endif()
endforeach()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCVModules REQUIRED_VARS OPENCV_INCLUDE_DIR VERSION_VAR OpenCVModules_VERSION
  HANDLE_COMPONENTS)
if(OpenCVModules_FOUND)
  foreach(module IN LISTS OpenCVModules_FIND_COMPONENTS)
    if(NOT TARGET OpenCV::${module})
      add_library(OpenCV::${module} UNKNOWN IMPORTED)
      set_target_properties(OpenCV::${module} PROPERTIES IMPORTED_LOCATION "${OPENCV_${module}_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${OPENCV_INCLUDE_DIR}")
    endif()
  endforeach()
endif()
