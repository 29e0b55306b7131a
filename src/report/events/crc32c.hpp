#pragma once

#include <cstdint>
#include <string_view>

namespace fer::report {

/// Castagnoli's checksum, as iSCSI and TensorFlow's records use it. Source: RFC 3720, section 12.1.
std::uint32_t crc32c(std::string_view bytes);

}  // namespace fer::report
