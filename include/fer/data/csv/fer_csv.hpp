#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "fer/data/dataset.hpp"

namespace fer::data {

/// What the rows of a FER-2013-format CSV must look like.
struct CsvFormat {
  ImageShape shape;                  ///< a row holds shape.size() pixels, C x H x W
  std::vector<std::string> classes;  ///< a row's label is below classes.size()
  bool usage_required = true;        ///< refuse a file without a Usage column
  bool labelled = true;              ///< false: a column emotion may be missing and is not read; every label is 0
};

/// Reads a FER-2013-format CSV (columns emotion, pixels, Usage) into one block, with `threads` threads (0:
/// usableProcessors()). The result does not depend on the number of threads. Accepts CRLF, a byte order mark, quoted
/// fields, columns in any order, header names in any case or with blanks around, extra columns, a missing final
/// newline, pipes. Throws Error (bad data) that lists up to 20 faults as file:line:column: what was found and what was
/// expected, and the count of all.
Dataset readFerCsv(const std::filesystem::path& path, const CsvFormat& format, unsigned threads = 0);

/// Writes a dataset in the same format, whole or not at all. Throws Error.
void writeFerCsv(const Dataset& dataset, const std::filesystem::path& path);

}  // namespace fer::data
