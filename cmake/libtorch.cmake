# Finds LibTorch: Debian's by default, another by -DFER_LIBTORCH=ROOT (the folder `torch` of a wheel, or an unpacked
# LibTorch). Sets FER_WITH_TORCH and FER_WITH_CUDA_GRAPHS, and says why when one is off.
set(FER_LIBTORCH "" CACHE PATH "Root of a LibTorch other than the system's: the folder that holds include, lib and share")

if(FER_LIBTORCH)
  list(PREPEND CMAKE_PREFIX_PATH ${FER_LIBTORCH})
endif()
find_package(OpenMP QUIET)
find_package(Torch QUIET)

set(FER_WITH_TORCH OFF)
if(NOT Torch_FOUND)
  message(STATUS "fer: LibTorch not found: fer-train and fer-eval are not built (install libtorch-dev or give -DFER_LIBTORCH)")
elseif(NOT OpenMP_CXX_FOUND)
  message(STATUS "fer: OpenMP not found: fer-train and fer-eval are not built")
else()
  set(FER_WITH_TORCH ON)
endif()

if(FER_WITH_TORCH)
  if("${TORCH_CXX_FLAGS}" MATCHES "_GLIBCXX_USE_CXX11_ABI=0")
    message(FATAL_ERROR "fer: this LibTorch has the old C++ ABI (_GLIBCXX_USE_CXX11_ABI=0). Use a wheel from 2.7 on.")
  endif()
  # A wheel's CMake files beside Debian's library, or the reverse, would load two LibTorchs into one process.
  get_filename_component(torch_config_folder "${Torch_DIR}" REALPATH)
  get_filename_component(torch_library "${TORCH_LIBRARY}" REALPATH)
  if(FER_LIBTORCH)
    get_filename_component(torch_root "${FER_LIBTORCH}" REALPATH)
    foreach(path IN ITEMS "${torch_config_folder}" "${torch_library}")
      string(FIND "${path}" "${torch_root}/" at)
      if(NOT at EQUAL 0)
        message(FATAL_ERROR "fer: -DFER_LIBTORCH=${FER_LIBTORCH} was given, but ${path} was found, which is of another "
          "LibTorch. Give the root folder `torch` (with include, lib and share), and start from an empty build folder.")
      endif()
    endforeach()
    list(APPEND CMAKE_INSTALL_RPATH ${torch_root}/lib)  # the installed commands find it too
  endif()
  message(STATUS "fer: LibTorch ${Torch_VERSION} at ${torch_library}")
endif()

# Several processes: c10d's gloo, whose headers LibTorch includes and does not bring along.
set(FER_WITH_GLOO OFF)
if(FER_WITH_TORCH)
  get_target_property(torch_definitions torch_cpu INTERFACE_COMPILE_DEFINITIONS)
  find_path(FER_GLOO_HEADERS gloo/transport/device.h)
  if(NOT torch_definitions MATCHES USE_C10D_GLOO)
    message(STATUS "fer: LibTorch without gloo: a training is one process")
  elseif(NOT FER_GLOO_HEADERS)
    message(STATUS "fer: gloo's headers not found: a training is one process (install libgloo-dev)")
  else()
    set(FER_WITH_GLOO ON)
  endif()
endif()

# CPU builds ship the header of CUDA graphs, too, so the target decides.
set(FER_WITH_CUDA_GRAPHS OFF)
if(TARGET torch_cuda AND Torch_VERSION VERSION_GREATER_EQUAL 2.4)
  set(FER_WITH_CUDA_GRAPHS ON)
elseif(TARGET torch_cuda)
  message(STATUS "fer: LibTorch before 2.4: on a GPU training steps are enqueued piece by piece, not as a CUDA graph")
elseif(FER_WITH_TORCH)
  message(STATUS "fer: LibTorch without CUDA: training runs on the CPU only (docs/gpu.md)")
endif()
