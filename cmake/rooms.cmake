# A room: one static library, fer::<name>, linked as src/rooms.txt says.
set(fer_room_table ${PROJECT_SOURCE_DIR}/src/rooms.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${fer_room_table})

# fer_unite_folders(TARGET SOURCES...): with FER_UNITY the files of each folder are compiled at once.
function(fer_unite_folders target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP UNITY_BUILD_RELOCATABLE ON)
  foreach(source IN LISTS ARGN)
    get_filename_component(folder ${source} DIRECTORY)
    string(MAKE_C_IDENTIFIER "folder_${folder}" group)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
  endforeach()
endfunction()

# fer_share_headers(TARGET OWNER HEADERS...): TARGET includes the precompiled HEADERS of OWNER, which may be itself. It
# saves half of a build's time. GCC takes them where options and macros are the same; a file still names what it uses,
# which the preset no-unity holds it to.
function(fer_share_headers target owner)
  if(CMAKE_DISABLE_PRECOMPILE_HEADERS)
    return()
  elseif(target STREQUAL owner)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
endfunction()

# fer_share_libtorch(TARGET): TARGET includes LibTorch's headers.
function(fer_share_libtorch target)
  target_link_libraries(${target} PRIVATE OpenMP::OpenMP_CXX)
  fer_share_headers(${target} fer_nn
    <ATen/ATen.h> <ATen/Parallel.h> <nlohmann/json.hpp> <torch/csrc/autograd/custom_function.h> <torch/nn/module.h>
    <torch/utils.h>)
endfunction()

# fer_library(NAME USES LIBRARIES... SOURCES FILES...): fer::NAME, the library of a room or of a part of one.
function(fer_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;SOURCES")
  list(TRANSFORM arg_USES PREPEND fer_)
  set(target fer_${name})
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(fer::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_link_libraries(${target} PUBLIC ${arg_USES})
  # Others see include/ alone; a room's own files name its private headers by their path from src/.
  target_include_directories(${target}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${PROJECT_SOURCE_DIR}/src)
  fer_compile_options(${target})
  fer_unite_folders(${target} ${arg_SOURCES})
  set_property(GLOBAL APPEND PROPERTY FER_LIBRARIES ${target})
endfunction()

# fer_library_of_room(NAME SOURCES...): called in src/NAME; it uses what the table says, of what is built.
function(fer_library_of_room name)
  file(STRINGS ${fer_room_table} row REGEX "^${name}:")
  if(NOT row)
    message(FATAL_ERROR "${name} is not in ${fer_room_table}")
  endif()
  string(REGEX MATCHALL "[a-z_]+" used "${row}")
  list(POP_FRONT used)
  foreach(other IN LISTS used)
    if(NOT TARGET fer_${other})
      list(REMOVE_ITEM used ${other})  # a room that needs an absent library
    endif()
  endforeach()
  fer_library(${name} USES ${used} SOURCES ${ARGN})
endfunction()

# fer_room(NAME SOURCES...): a room without LibTorch.
function(fer_room name)
  fer_library_of_room(${name} ${ARGN})
  fer_share_headers(fer_${name} fer_core <filesystem> <functional> <map> <nlohmann/json.hpp>)
endfunction()

# fer_room_with_libtorch(NAME SOURCES...): a room that includes LibTorch's headers.
function(fer_room_with_libtorch name)
  fer_library_of_room(${name} ${ARGN})
  set(target fer_${name})
  # PyTorch's CUDA wheels export pieces of the C++ library that they were built with, and those of std::filesystem crash
  # here (2.11): the system's C++ library must come before them.
  target_link_libraries(${target} PUBLIC $<$<CXX_COMPILER_ID:GNU>:stdc++> ${TORCH_LIBRARIES})
  target_include_directories(${target} SYSTEM PUBLIC "$<BUILD_INTERFACE:${TORCH_INCLUDE_DIRS}>")
  fer_share_libtorch(${target})
  set_property(GLOBAL APPEND PROPERTY FER_LIBRARIES_WITH_LIBTORCH ${target})
endfunction()
