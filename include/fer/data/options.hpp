#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fer/core/config/key_table.hpp"
#include "fer/data/dataset.hpp"
#include "fer/data/labels.hpp"

namespace fer::data {

/// Which images there are and how they are cut into train, validation and test.
struct DataOptions {
  std::string path = "data/fer2013.csv";         ///< a folder of pictures, or a CSV
  std::string protocol = "original";             ///< "original", "challenge", "fractions" or "kfold"
  std::uint32_t split_seed = 42;                 ///< draws which rows train and which validate
  std::vector<double> fractions{0.8, 0.1, 0.1};  ///< train, validation, test; only for "fractions"
  int folds = 5;                                 ///< how many; only for "kfold"
  int fold = 0;                                  ///< which of them validates, 0..folds-1; only for "kfold"
  ImageShape shape;
  std::vector<std::string> classes = fer2013Classes();
  std::string targets = "hard";     ///< what is trained on: "hard", the dataset's labels; "ferplus", FER+'s votes as
                                    ///< distributions; "ferplus-majority", the emotion of most of its votes
  std::string ferplus;              ///< FER+'s fer2013new.csv; with hard targets fer-eval scores against it as well
  bool contempt = false;            ///< of FER+, as an eighth class; else its images are dropped
  std::string unreadable = "skip";  ///< what a picture that cannot be read does: "skip": it is left out; "fail"
};

/// How training images are varied. Source: keras-preprocessing 1.1.2 (Keras 2.6 to 2.8) and Keras 2.9 onwards.
struct AugmentOptions {
  std::string profile = "keras-2.8";         ///< whose rounding and centre: "keras-2.8" or "keras-2.9"
  double zoom = 0.0;                         ///< each axis scaled by U[1-zoom, 1+zoom]; 0: off
  bool horizontal_flip = false;              ///< mirror half of the images
  std::vector<double> brightness{1.0, 1.0};  ///< factor ~ U[low, high]; [1, 1]: off
};

void describe(DataOptions& options, KeyTable& table);     ///< keys data.*
void describe(AugmentOptions& options, KeyTable& table);  ///< keys augment.*

/// Checks that a bound cannot express: fractions that sum to 1, a fold that there is, a low end above its high end.
/// Throws Error (usage).
void validate(const DataOptions& options, const std::string& origin);
void validate(const AugmentOptions& options, const std::string& origin);

}  // namespace fer::data
