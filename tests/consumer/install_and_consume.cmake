cmake_minimum_required(VERSION 3.25)  # sets the policies of a script, too

# Installs the build to an empty prefix, builds a project that finds it there, and runs what came out.
# -D BUILD=..., CONSUMER=(this folder), WORK=(a folder to empty and use), COMMANDS=(names of the commands, a list)
set(prefix ${WORK}/prefix)
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})

# run(VARIABLE COMMAND...): what the command prints; stops the test where it fails.
function(run variable)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${WORK} OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE code)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${ARGN}\nended with ${code}:\n${output}")
  endif()
  set(${variable} "${output}" PARENT_SCOPE)
endfunction()

run(ignored ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
run(ignored ${CMAKE_COMMAND} -G Ninja -S ${CONSUMER} -B ${WORK}/build -D CMAKE_PREFIX_PATH=${prefix} -D CMAKE_BUILD_TYPE=Release)
run(ignored ${CMAKE_COMMAND} --build ${WORK}/build)
run(output ${WORK}/build/consumer)
# Three of four right; the hash of "abc" is FIPS 180-2's example.
if(NOT output STREQUAL "0.75 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  message(FATAL_ERROR "the consumer printed: ${output}")
endif()

foreach(command IN LISTS COMMANDS)
  run(output ${prefix}/bin/${command} --help)
  if(NOT output MATCHES "Examples:")
    message(FATAL_ERROR "${command} --help printed: ${output}")
  endif()
endforeach()

# An installed fer-train finds the shipped configs from a folder that has none, and lists them.
if("fer-train" IN_LIST COMMANDS)
  execute_process(COMMAND ${prefix}/bin/fer-train --config missing.json
    WORKING_DIRECTORY ${WORK} ERROR_VARIABLE message RESULT_VARIABLE code)
  if(NOT code EQUAL 2 OR NOT message MATCHES "${prefix}/share/fer/configs/missing.json.*generic.json")
    message(FATAL_ERROR "fer-train ended with ${code}: ${message}")
  endif()
endif()
