#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fer::report {

/// What a track showed for the length of a bin.
struct TimelineCell {
  bool seen = false;
  int label = -1;         ///< index into classes; -1 where it was not classified yet
  float probability = 0;  ///< of that label, 0..1
};

/// A face that was followed, with a lane of its own.
struct TimelineTrack {
  int id = 0;
  double first_s = 0;
  double last_s = 0;
  double seen_s = 0;                    ///< for how long
  std::vector<double> seconds;          ///< one a class: for how long it had this label
  std::size_t first_bin = 0;            ///< what the first cell belongs to
  std::vector<TimelineCell> cells;      ///< one a bin
  std::vector<std::string> thumbnails;  ///< PNG files as base64; none where none are to be shown
};

struct TimelineSource {
  std::string name;
  std::string video;            ///< its path from the page's folder; "" where there is none
  double bin_s = 1;             ///< length of a bin, > 0
  double end_s = 0;             ///< length of the source; times begin at 0
  std::vector<double> faces;    ///< one a bin: mean number of faces; NaN where no frame was seen
  std::vector<double> seconds;  ///< one a class: time of all faces with this label, those without a lane too
  std::vector<TimelineTrack> tracks;
  std::int64_t short_tracks = 0;  ///< seen for less than a second: without a lane
  std::int64_t other_tracks = 0;  ///< without a lane, since others were seen for longer
};

struct Timeline {
  std::vector<std::string> classes;
  std::string model;
  std::string engine;
  std::string detector;
  std::string analysed;    ///< when, as it is to be shown
  int reload_seconds = 0;  ///< how often a browser is to load the page of a running analysis anew; 0: it is done
  std::vector<TimelineSource> sources;
};

/// The page: one self-contained HTML file that asks for nothing but the videos beside it, light or dark as the reader's
/// system is. Its script only reads values out and moves the video; without scripts the lanes and the tables stay.
std::string timelinePage(const Timeline& timeline);

}  // namespace fer::report
