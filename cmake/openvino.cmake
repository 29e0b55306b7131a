# Finds OpenVINO, which runs exported models faster than OpenCV: the system's, or that of PyPI's wheel by
# -DFER_OPENVINO=PATH (the folder `openvino` of site-packages). Sets FER_WITH_OPENVINO, and says why when it is off.
set(FER_OPENVINO "" CACHE PATH "Folder of an OpenVINO other than the system's: the one that holds cmake, include and libs")

if(FER_OPENVINO)
  find_package(OpenVINO QUIET COMPONENTS Runtime ONNX PATHS ${FER_OPENVINO} ${FER_OPENVINO}/cmake NO_DEFAULT_PATH)
  if(NOT OpenVINO_FOUND)
    message(FATAL_ERROR "fer: -DFER_OPENVINO=${FER_OPENVINO} was given, but there is no OpenVINO with ONNX. Give the folder "
      "`openvino` of PyPI's wheel (pip install openvino), which holds cmake, include and libs.")
  endif()
  list(APPEND CMAKE_INSTALL_RPATH ${FER_OPENVINO}/libs)  # the installed commands find it too
else()
  find_package(OpenVINO QUIET COMPONENTS Runtime ONNX)
endif()
set(FER_WITH_OPENVINO ${OpenVINO_FOUND})
if(OpenVINO_FOUND)
  message(STATUS "fer: OpenVINO ${OpenVINO_VERSION}")
else()
  message(STATUS "fer: OpenVINO not found: exported models run in XNNPACK or OpenCV's dnn (give -DFER_OPENVINO)")
endif()
