#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fer::report {

/// One measured value of training, an entry an epoch; NaN where nothing was measured.
struct Curve {
  std::vector<double> train;
  std::vector<double> validation;  ///< all NaN where the run had no validation
};

/// The course of a training as metrics.csv tells it.
struct History {
  std::vector<double> epochs;  ///< 0-based
  Curve loss;
  Curve accuracy;
};

/// Reads metrics.csv (Keras' CSVLogger: epoch, accuracy, loss, val_accuracy, val_loss; others are left out), columns in
/// any order. A field that is empty, NA or nan is NaN; a column that is missing is all NaN, but epoch must be there.
/// Throws Error (bad data) with origin:line and the column for a field that is no number and for a row of another
/// length.
History parseMetricsCsv(std::string_view text, const std::string& origin);

}  // namespace fer::report
