#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fer/metrics/intervals/interval.hpp"

namespace fer::metrics {

/// How a model's scores change with one disturbance of its images. Plain values.
struct RobustnessCurve {
  std::string disturbance;       ///< "gamma", "rotation" ...
  std::string unit;              ///< of the levels, "" where they have none
  double clean = 0;              ///< the level that leaves images as they are
  std::vector<double> levels;    ///< ascending, `clean` among them
  std::vector<double> accuracy;  ///< a level each
  std::vector<double> macro_f1;  ///< a level each
  double area = 0;               ///< of accuracy over the levels by trapezoids, divided by their span: a mean, 0..1
};

/// Rows alike in something natural, e.g. the darkest quarter.
struct Slice {
  std::string name;
  std::int64_t rows = 0;
  double accuracy = 0;
  Interval interval;  ///< Wilson, 95 %
};

struct Robustness {
  std::vector<RobustnessCurve> curves;
  std::vector<Slice> slices;  ///< quarters by mean brightness, then by contrast
  std::int64_t rows = 0;      ///< that the curves were measured on; the slices are of all rows of the split
};

}  // namespace fer::metrics
