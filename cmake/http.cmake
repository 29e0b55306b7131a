# Finds what the web application is made of: Boost.Beast (headers alone) and OpenSSL's TLS. Sets FER_WITH_HTTP, and says why
# when it is off.
find_package(OpenSSL QUIET COMPONENTS SSL)
find_path(BOOST_BEAST_INCLUDE_DIR boost/beast/websocket/ssl.hpp)
mark_as_advanced(BOOST_BEAST_INCLUDE_DIR)
set(FER_WITH_HTTP OFF)
if(BOOST_BEAST_INCLUDE_DIR AND TARGET OpenSSL::SSL)
  set(FER_WITH_HTTP ON)
else()
  message(STATUS "fer: Boost.Beast or OpenSSL not found: fer-serve is not built (install libboost-dev and libssl-dev)")
endif()
