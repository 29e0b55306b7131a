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
  std::string protocol = "original";             ///< "original", "challenge", "refit", "fractions" or "kfold"
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

/// A box of each image taken away. Source: Zhong et al. 2020, Random Erasing Data Augmentation.
struct ErasingOptions {
  double probability = 0;                ///< of an image; 0: off
  std::vector<double> area{0.02, 0.33};  ///< the box's share of the image ~ U[low, high]
  std::vector<double> aspect{0.3, 3.3};  ///< its height by its width ~ exp(U[log low, log high])
  std::string fill = "mean";             ///< with the image's "mean", or "zero": black
};

/// Images with the contrast of their surroundings: CLAHE, as OpenCV computes it. Source: Zuiderveld 1994, Contrast
/// limited adaptive histogram equalization (Graphics Gems IV).
struct ClaheOptions {
  double probability = 0;  ///< of an image to be shown equalised; 0: off
  double clip_limit = 2;   ///< a grey level counts at most so many times its even share of a tile; 0: no limit
  int tiles = 4;           ///< along each side
};

/// Something of a Gaussian done to some images, as poor cameras do it.
struct DegradeOptions {
  double probability = 0;     ///< of an image; 0: off
  std::vector<double> sigma;  ///< standard deviation ~ U[low, high]
};

/// How training images are varied. Sources: keras-preprocessing 1.1.2 (Keras 2.6 to 2.8) and Keras 2.9 onwards for
/// profile, zoom, flip and brightness; docs/augmentation.md for the rest. Lists are [low, high].
struct AugmentOptions {
  std::string profile = "keras-2.8";         ///< whose rounding and centre: "keras-2.8" or "keras-2.9"
  double zoom = 0.0;                         ///< each axis scaled by U[1-zoom, 1+zoom]; 0: off
  bool horizontal_flip = false;              ///< mirror half of the images
  std::vector<double> brightness{1.0, 1.0};  ///< factor ~ U[low, high]; [1, 1]: off
  bool flip_alternating = false;             ///< of horizontal_flip: each image in every second epoch, none by chance
  double rotation = 0;                       ///< degrees ~ U[-rotation, rotation]; 0: off
  double shift = 0;                          ///< share of a side, along each axis ~ U[-shift, shift]; 0: off
  double shear = 0;                          ///< degrees ~ U[-shear, shear]; 0: off
  std::vector<double> scale{1.0, 1.0};       ///< area of the window shown ~ U[low, high]; [1, 1]: off
  std::vector<double> aspect{1.0, 1.0};      ///< its width by its height ~ exp(U[log low, log high]); [1, 1]: off
  int crop = 0;                              ///< side in pixels of what is trained on, drawn from the image; 0: all
  std::vector<double> contrast{1.0, 1.0};    ///< factor ~ U[low, high]; [1, 1]: off
  std::vector<double> gamma{1.0, 1.0};       ///< exponent ~ exp(U[log low, log high]); [1, 1]: off
  ErasingOptions erasing{};
  ClaheOptions clahe{};
  DegradeOptions blur{.sigma = {0, 1.5}};  ///< blurred; sigma in pixels
  DegradeOptions noise{.sigma = {0, 24}};  ///< each value changed by its own draw; sigma in grey levels
  std::string policy = "none";             ///< "trivial": besides, one operation an image, drawn with its strength
};

void describe(DataOptions& options, KeyTable& table);     ///< keys data.*
void describe(AugmentOptions& options, KeyTable& table);  ///< keys augment.*

/// Checks that a bound cannot express: fractions that sum to 1, a fold that there is, a low end above its high end, an
/// alternating flip without a flip.
/// Throws Error (usage).
void validate(const DataOptions& options, const std::string& origin);
void validate(const AugmentOptions& options, const std::string& origin);

}  // namespace fer::data
