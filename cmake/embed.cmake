# Files as a part of a program: a C++ source that holds their bytes.

# fer_type_of(FILE RESULT): its Content-Type, by its ending.
function(fer_type_of file result)
  get_filename_component(ending ${file} LAST_EXT)
  set(of.html "text/html; charset=utf-8")
  set(of.css "text/css; charset=utf-8")
  set(of.js "text/javascript; charset=utf-8")
  set(of.json "application/json")
  set(of.svg "image/svg+xml")
  if(NOT DEFINED of${ending})
    message(FATAL_ERROR "${file}: no Content-Type is known for ${ending} (cmake/embed.cmake)")
  endif()
  set(${result} "${of${ending}}" PARENT_SCOPE)
endfunction()

# fer_embed_page(OUTPUT FOLDER FILES...): writes OUTPUT, which defines pageFiles() of serve/page/page_files.hpp. Text alone,
# as raw string literals; written when CMake runs, which it does again when a file has changed.
function(fer_embed_page output folder)
  set(rows)
  foreach(file IN LISTS ARGN)
    set(path ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/${file})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} text)
    file(SIZE ${path} size)
    file(SHA256 ${path} hash)
    fer_type_of(${file} type)
    string(LENGTH "${text}" length)
    string(FIND "${text}" ")embedded\"" end_of_literal)
    if(NOT length EQUAL size OR NOT end_of_literal EQUAL -1)
      message(FATAL_ERROR "${path}: cannot be embedded: it holds a zero byte or )embedded\"")
    endif()
    string(APPEND rows "    {\"/${file}\", \"${type}\", R\"embedded(${text})embedded\", \"${hash}\"},\n")
  endforeach()
  list(LENGTH ARGN count)
  file(WRITE ${output}.new "// Made by cmake/embed.cmake.
#include \"serve/page/page_files.hpp\"

#include <array>

namespace fer::serve {

std::span<const PageFile> pageFiles() {
  static constexpr std::array<PageFile, ${count}> kFiles{{
${rows}  }};
  return kFiles;
}

}  // namespace fer::serve
")
  file(COPY_FILE ${output}.new ${output} ONLY_IF_DIFFERENT)
  file(REMOVE ${output}.new)
endfunction()
