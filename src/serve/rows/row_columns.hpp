#pragma once

#include <cstddef>
#include <string>

#include "fer/serve/frame_result.hpp"

namespace fer::serve {

/// The columns of a file of rows. Behind kProbability stands one a class, then those from kSmoothedLabel on.
enum class RowColumn : std::size_t {
  kSource,
  kFrame,
  kTime,
  kWallTime,
  kFaces,
  kTrack,
  kX,
  kY,
  kWidth,
  kHeight,
  kScore,
  kLabel,
  kProbability,
  kFirstClass,
};
enum class RowEnding : std::size_t { kSmoothedLabel, kSmoothedProbability, kDark, kBlurred, kCount };

constexpr std::size_t kFrameColumns = static_cast<std::size_t>(RowColumn::kTrack);  ///< alike in the rows of a frame

/// Names are those of checkedNames.
std::string rowsHeader(const ResultSource& names);
std::string rowsOf(const FrameResult& result, const ResultSource& names);

}  // namespace fer::serve
