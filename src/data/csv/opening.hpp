#pragma once

#include <string>

#include "data/csv/source.hpp"

namespace fer::data::csv {

/// The same text with line feeds, whose first bytes have been looked at: a text whose lines end in carriage returns
/// alone (old Macintosh programs) gets line feeds in their place. Throws Error (bad data) that says what to do where
/// the bytes are no text in UTF-8 but an archive, a table of another program or UTF-16; `name` is the file's path.
ByteSource textOf(ByteSource source, const std::string& name);

}  // namespace fer::data::csv
