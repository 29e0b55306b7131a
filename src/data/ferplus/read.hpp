#pragma once

#include <string>

#include "data/csv/source.hpp"
#include "fer/data/ferplus/votes.hpp"

namespace fer::data::ferplus {

/// readFerPlus of any source; `name` stands for the path in messages.
FerPlusVotes read(const csv::ByteSource& source, const std::string& name);

}  // namespace fer::data::ferplus
