#include "fer/data/csv/fer_csv.hpp"

#include <algorithm>

#include "data/csv/source.hpp"
#include "data/csv/stream.hpp"
#include "fer/core/processors.hpp"

namespace fer::data {
namespace {

// Reading is serial and takes a quarter of the time that parsing takes: more threads than this would only wait.
constexpr unsigned kMostThreads = 8;

}  // namespace

Dataset readFerCsv(const std::filesystem::path& path, const CsvFormat& format, unsigned threads) {
  csv::InputFile file(path);
  csv::StreamOptions options;
  options.expected_bytes = file.expectedBytes();
  options.threads = std::clamp(threads > 0 ? threads : static_cast<unsigned>(usableProcessors()), 1U, kMostThreads);
  return csv::readFerCsv(file.source(), path.string(), format, options);
}

}  // namespace fer::data
