// Images a second on one core that are equalised before a training with augment.clahe: drawn faces of FER-2013's shape,
// in grey and in colour.
#include <benchmark/benchmark.h>

#include <numeric>

#include "fer/data/augment/equalised.hpp"
#include "fer/data/synth/synth.hpp"
#include "fer/data_folder/equalise.hpp"

namespace {

using namespace fer::data;

void equalise(benchmark::State& state, const ClaheOptions& options) {
  const Dataset faces = synthesise({512, 1, {static_cast<int>(state.range(0)), 48, 48}, fer2013Classes()});
  std::vector<std::uint32_t> rows(faces.size());
  std::iota(rows.begin(), rows.end(), 0U);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(equalised(faces, rows, options, &equaliseInto));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows.size()));
}

// Of the process, not of the one thread: OpenCV may start others.
BENCHMARK_CAPTURE(equalise, tiles_4, ClaheOptions{})->Arg(1)->Arg(3)->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(equalise, tiles_8, ClaheOptions{.tiles = 8})->Arg(1)->Arg(3)->MeasureProcessCPUTime();

}  // namespace

BENCHMARK_MAIN();
