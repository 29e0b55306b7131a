#pragma once

#include <iosfwd>
#include <optional>
#include <vector>

#include "fer/app/live.hpp"
#include "fer/core/progress.hpp"

namespace fer::app {

/// What a user reads while it runs and at the end.
class LiveText {
 public:
  /// Results go to `out` as lines, a second of a source each, where `lines` asks for them; all else goes to `err`. Of
  /// files alone `frames` (0: not known) makes a bar, `done` of which were analysed earlier.
  LiveText(std::ostream& out, std::ostream& err, const serve::ResultSource& source, bool lines);
  void expect(std::size_t frames, std::size_t done, bool terminal);

  void take(const serve::FrameResult& result);
  void changed(std::size_t source, serve::StreamState state, const std::string& why);
  void say(const std::string& message);

  /// A line a source.
  void summary(const std::vector<serve::StreamCounts>& counts, double seconds);

 private:
  std::string facesText(const serve::FrameResult& result) const;

  std::ostream& out_;
  std::ostream& err_;
  serve::ResultSource source_;
  bool lines_;
  std::optional<Progress> progress_;
  std::size_t frames_ = 0;
  std::vector<double> next_line_;  ///< of each source, in its time
};

}  // namespace fer::app
