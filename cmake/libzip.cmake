# Finds libzip, which reads and writes PyTorch's zip files. Sets FER_WITH_LIBZIP, and says why when it is off.
list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})
find_package(LibZip QUIET)
set(FER_WITH_LIBZIP ${LibZip_FOUND})
if(NOT LibZip_FOUND)
  message(STATUS "fer: libzip not found: PyTorch's zip files are neither read nor written (install libzip-dev)")
endif()
