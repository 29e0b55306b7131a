#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fer/data/dataset.hpp"
#include "fer/data/ferplus/votes.hpp"
#include "fer/data/folder/picture_reader.hpp"
#include "fer/data/options.hpp"

namespace fer::data {

/// How to read; nothing here changes what is read.
struct Reading {
  unsigned threads = 0;    ///< 0: usableProcessors()
  PictureReader pictures;  ///< empty: folders of pictures cannot be read
};

/// In OtherLabels: of a row that those labels drop.
constexpr std::uint8_t kNoLabel = 255;

/// What else is said of the same rows.
struct OtherLabels {
  std::string name;                  ///< whose: "FER+", "FER-2013"; empty: there are none
  std::vector<std::uint8_t> labels;  ///< a row of the dataset each, index into its classes, or kNoLabel
};

/// A dataset, and how it came out.
struct LoadedData {
  Dataset dataset;
  DataOptions options;             ///< those asked for, with what the data decided: classes, and the protocol of a
                                   ///< folder without parts. Reading with these gives the same dataset
  std::vector<std::string> notes;  ///< what else is to be known, a line each; "warning: ..." among them
  OtherLabels other_labels{};      ///< where FER+ is joined: those that the dataset does not have
  std::vector<Votes> votes{};      ///< of each row, where FER+ is joined to hard targets
};

/// The dataset that options name, whole: a folder of pictures, or a file in FER-2013's format, with FER+ labels joined
/// where data.targets or data.ferplus say so. Throws Error (bad data); where the path is missing it says where to get
/// FER-2013 and how to make synthetic faces.
LoadedData loadDataset(const DataOptions& options, const Reading& reading = {});

/// Throws that Error where the path that options name is missing; reads nothing.
void requireDataset(const DataOptions& options);

/// A dataset to look at, or to score a model on that was trained on another one: it need not say what its rows are for,
/// and the classes of a folder may be others than data.classes. FER+ is joined where it fits, row for row, and a note
/// says where it does not.
LoadedData loadOtherDataset(const DataOptions& options, const Reading& reading = {});

/// Whether the targets are hard and the votes of data.ferplus, which would then only be scored against, are a file that
/// is not there (any more).
bool unneededVotesAreGone(const DataOptions& options);

}  // namespace fer::data
