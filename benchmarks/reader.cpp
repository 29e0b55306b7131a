// Seconds, GB/s and peak memory of reading a FER-2013 CSV at 1 and 2 threads: of the file
// that FER2013_CSV names, or of one of the same size written to the temporary folder.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <utility>

#include "fer/core/random.hpp"
#include "fer/data/csv/fer_csv.hpp"
#include "fer/data/labels.hpp"
#include "measure.hpp"

namespace {

using namespace fer;

/// As many rows as FER-2013 has, of noise: digits as hard to foresee as in photographs.
void writeNoise(const std::filesystem::path& path) {
  constexpr std::uint32_t kRows = 35887;
  const ImageShape shape;
  data::DatasetColumns columns;
  RandomStream stream(1, Purpose::kSynth);
  columns.pixels.reserve(kRows * shape.size());
  while (columns.pixels.size() < kRows * shape.size())
    columns.pixels.push_back(static_cast<std::uint8_t>(stream.below(256)));
  for (std::uint32_t row = 0; row < kRows; ++row) {
    columns.labels.push_back(static_cast<std::uint8_t>(row % 7));
    columns.parts.push_back(data::kTraining);
    columns.row_ids.push_back(row);
  }
  data::writeFerCsv(data::Dataset(shape, data::fer2013Classes(), std::move(columns)), path);
}

/// The file to read; one made for the purpose is removed at the end.
class CsvFile {
 public:
  CsvFile() {
    if (const char* given = std::getenv("FER2013_CSV"); given != nullptr && *given != '\0') {
      path_ = given;
      return;
    }
    path_ = std::filesystem::temp_directory_path() / ("fer-bench-reader-" + std::to_string(::getpid()) + ".csv");
    made_ = true;
    writeNoise(path_);
  }
  ~CsvFile() {
    std::error_code ignored;
    if (made_) std::filesystem::remove(path_, ignored);
  }
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  bool made_ = false;
};

void readCsv(benchmark::State& state, const std::filesystem::path& path) {
  const data::CsvFormat format{.shape = {}, .classes = data::fer2013Classes()};
  const auto threads = static_cast<unsigned>(state.range(0));
  std::size_t rows = data::readFerCsv(path, format, threads).size();  // the file enters the page cache
  bench::resetPeakMemory();
  for ([[maybe_unused]] auto _ : state) rows = data::readFerCsv(path, format, threads).size();
  state.counters["peak_MB"] = bench::peakMegabytes();
  state.counters["rows"] = static_cast<double>(rows);
  const double gigabytes = static_cast<double>(std::filesystem::file_size(path)) / 1e9;
  state.counters["GB_per_s"] = {gigabytes * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate};
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  try {
    const CsvFile file;
    std::cout << file.path().string() << ": " << std::filesystem::file_size(file.path()) << " bytes\n";
    benchmark::RegisterBenchmark("readFerCsv", [&file](benchmark::State& state) { readCsv(state, file.path()); })
        ->ArgName("threads")
        ->Arg(1)
        ->Arg(2)
        ->Unit(benchmark::kSecond)
        ->UseRealTime();
    benchmark::RunSpecifiedBenchmarks();
  } catch (const std::exception& error) {
    std::cerr << "bench-reader: " << error.what() << '\n';
    return 1;
  }
}
