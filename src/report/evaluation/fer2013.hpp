#pragma once

#include <cstdint>
#include <string_view>

#include "fer/metrics/summary.hpp"

namespace fer::report {

/// Whether so many rows of a split are FER-2013's: by the hash of its data, or by the protocol, where the split has as
/// many rows as FER-2013's under it (an edition with other labels or classes has another hash). What is known of
/// FER-2013 is said of nothing else.
bool isFer2013(std::string_view data_hash, std::string_view protocol, std::string_view split, std::int64_t rows);
bool isFer2013(const metrics::Summary& summary);

}  // namespace fer::report
