#pragma once

#include "data/csv/blocks.hpp"
#include "data/csv/collector.hpp"
#include "data/csv/rows.hpp"

namespace fer::data::csv {

/// Reads all blocks into the collector with several threads: they take turns at reading the next block, parse it on
/// their own, and hand it to the collector in the text's order. What the collector gets, and which exception comes out,
/// is the same for any number of threads.
void readRows(BlockReader& reader, const RowFormat& format, unsigned threads, RowCollector& collector);

}  // namespace fer::data::csv
