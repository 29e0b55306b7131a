#pragma once

#include <cstddef>
#include <string>

#include "data/csv/source.hpp"
#include "fer/data/csv/fer_csv.hpp"
#include "fer/data/dataset.hpp"

namespace fer::data::csv {

/// How to read; no choice here changes what is read.
struct StreamOptions {
  unsigned threads = 1;                            ///< at least 1
  std::size_t block_bytes = std::size_t{1} << 19;  ///< text a thread takes at a time; half of a core's usual L2 cache
  std::size_t expected_bytes = 0;                  ///< length of the text; 0: not known
};

/// readFerCsv of any source; `name` stands for the path in messages.
Dataset readFerCsv(const ByteSource& source, const std::string& name, const CsvFormat& format,
                   const StreamOptions& options);

}  // namespace fer::data::csv
