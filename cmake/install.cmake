# What `cmake --install` gives: bin (tools/), share/fer (configs, models), the headers, the libraries, and find_package(fer).
include(CMakePackageConfigHelpers)
set(fer_package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/fer)

install(DIRECTORY include/fer DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY configs DESTINATION ${CMAKE_INSTALL_DATADIR}/fer)
install(DIRECTORY data/models DESTINATION ${CMAKE_INSTALL_DATADIR}/fer)

get_property(libraries GLOBAL PROPERTY FER_LIBRARIES)
get_property(libraries_with_libtorch GLOBAL PROPERTY FER_LIBRARIES_WITH_LIBTORCH)
list(REMOVE_ITEM libraries ${libraries_with_libtorch})
install(TARGETS ${libraries} EXPORT fer ARCHIVE)
install(EXPORT fer NAMESPACE fer:: FILE ferTargets.cmake DESTINATION ${fer_package_folder})
install(FILES cmake/FindLibZip.cmake cmake/FindLibav.cmake cmake/FindOpenCVModules.cmake cmake/FindXNNPACK.cmake DESTINATION ${fer_package_folder})
if(FER_WITH_TORCH)
  # An export of its own: who links the other rooms needs no LibTorch.
  install(TARGETS ${libraries_with_libtorch} EXPORT fer-torch ARCHIVE)
  install(EXPORT fer-torch NAMESPACE fer:: FILE ferTorchTargets.cmake DESTINATION ${fer_package_folder})
endif()

configure_package_config_file(cmake/ferConfig.cmake.in ferConfig.cmake INSTALL_DESTINATION ${fer_package_folder}
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(ferConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/ferConfig.cmake ${PROJECT_BINARY_DIR}/ferConfigVersion.cmake
  DESTINATION ${fer_package_folder})
