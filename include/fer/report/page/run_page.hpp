#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "fer/report/history.hpp"

namespace fer::report {

/// A training as its page tells it. Lists have an entry for each finished epoch.
struct RunPage {
  std::string run;
  std::string model;
  int epochs = 0;                   ///< that the training may last
  History history;                  ///< of the finished ones
  std::vector<double> lr;           ///< learning rates
  std::vector<double> seconds;      ///< of training and validation
  std::string monitor;              ///< what the best epoch is chosen by, e.g. "val_accuracy"
  std::optional<std::size_t> best;  ///< index of that epoch
  std::string ending;               ///< why no epoch follows; empty while one does
  std::string config;               ///< the resolved one, as JSON text
  std::string written;              ///< when, as it is to be shown
  int reload_seconds = 0;           ///< how often a browser is to load the page anew; 0: never
};

/// report.html: one self-contained page, without scripts, light or dark as the reader's system is.
std::string runPage(const RunPage& page);

}  // namespace fer::report
