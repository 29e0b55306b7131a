#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace fer::report {

/// TensorBoard's event files: records one after the other, each with its length and checksums, so that a file may be
/// appended to while it is read, and what a crash leaves of a last record is passed over. Everything here is a function
/// of its arguments. `wall_time` is seconds since 1970, `step` what TensorBoard draws along: the 0-based epoch.
/// Source: tensorboard/compat/proto/{event,summary,tensor}.proto; tensorflow's record_writer.h.

/// Whether fer was built with protozero; without it the functions below throw Error.
bool eventFilesBuilt();

/// "events.out.tfevents.1700000000.fer". Viewers read a folder's files in the order of their names.
std::string eventFileName(double wall_time);

/// What each file begins with.
std::string firstRecord(double wall_time);

/// From here on steps are told again: viewers forget what earlier files say of `step` and later ones.
std::string restartRecord(double wall_time, std::int64_t step);

/// Values under their tags, of which those that are not a number are left out; a tag's part before a slash is its
/// group.
std::string scalarsRecord(double wall_time, std::int64_t step,
                          const std::vector<std::pair<std::string, double>>& scalars);

/// `png` is a PNG file's bytes. Throws std::invalid_argument where it is none.
std::string imageRecord(double wall_time, std::int64_t step, const std::string& tag, const std::string& png);

/// Text in Markdown.
std::string textRecord(double wall_time, std::int64_t step, const std::string& tag, const std::string& text);

}  // namespace fer::report
