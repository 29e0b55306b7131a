#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "fer/engine/engine.hpp"
#include "fer/serve/stream/pipeline.hpp"

namespace fer::app {

struct LiveRequest {
  std::filesystem::path model;       ///< that fer-export wrote
  std::vector<std::string> sources;  ///< video files and addresses
  std::vector<int> cameras;          ///< by number
  engine::EngineOptions engine;
  serve::PipelineOptions pipeline;
  std::filesystem::path csv;        ///< rows of faces; empty: none, as for all files below
  std::filesystem::path jsonl;      ///< "-" is the standard output
  std::filesystem::path summary;    ///< a row a track
  std::filesystem::path timeline;   ///< a page
  std::filesystem::path aggregate;  ///< counts a minute
  std::filesystem::path out;        ///< a video with what was found drawn in; of several sources: a folder
  bool window = false;              ///< show what is found as it comes
  bool resume = false;              ///< go on with the rows in `csv`
  double seconds = 0;               ///< stop after so long; 0: at the end of the sources
};

/// Says what the faces of recordings, cameras and streams show, while they play. Returns the exit code: 0, 3 where a
/// file could not be read to its end, 128 + the signal where one ended it (what was begun can be resumed). Throws Error
/// where the model, the detector or the engine cannot be had, or a result cannot be written.
int live(const LiveRequest& request);

/// Whether there is a display to open a window on.
bool hasDisplay();

/// Plays the request's one source (none: a drawn face, which is made first) as so many live sources, for 60 s where
/// `seconds` says nothing else, and prints what this machine carries. Throws Error (usage) for several sources.
int liveBench(const LiveRequest& request, int streams);

}  // namespace fer::app
