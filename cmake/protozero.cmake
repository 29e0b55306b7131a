# Finds protozero (headers alone), with which TensorBoard's event files are written. Sets FER_WITH_PROTOZERO, and says why
# when it is off.
find_path(PROTOZERO_INCLUDE_DIR protozero/pbf_writer.hpp)
mark_as_advanced(PROTOZERO_INCLUDE_DIR)
set(FER_WITH_PROTOZERO OFF)
if(PROTOZERO_INCLUDE_DIR)
  set(FER_WITH_PROTOZERO ON)
else()
  message(STATUS "fer: protozero not found: no event files for TensorBoard are written (install libprotozero-dev)")
endif()
