// Any text either gives frames that fit together or an Error (bad data) with the file's name; what was read comes out
// the same after it is written and read once more, and cut anywhere it still gives its first frames.
#include <sstream>
#include <string>

#include "fer/core/error.hpp"
#include "fer/serve/rows/read_rows.hpp"
#include "fuzz/driver.hpp"
#include "serve/rows/row_columns.hpp"

namespace {

using namespace fer;

const serve::ResultSource& names() {
  static const serve::ResultSource kNames{{"a.mp4", "b, c"}, {"x", "y"}, "", "", ""};
  return kNames;
}

void requireFace(const serve::FaceResult& face) {
  fuzz::require(face.track >= 1 && face.box.width >= 1 && face.box.height >= 1 && face.box.x >= 0 && face.box.y >= 0,
                "a face that is none");
  fuzz::require(face.probabilities.empty() || face.probabilities.size() == 2, "probabilities of other classes");
  fuzz::require(face.label >= -1 && face.label < 2 && (face.label < 0) == face.smoothed.empty(), "a label of none");
}

/// The frames as rows again.
std::string readAndWritten(const std::string& text, serve::RowsRead& read) {
  std::istringstream in(text);
  std::string rows = serve::rowsHeader(names());
  read = serve::readRows(in, "x.csv", names(), [&](const serve::FrameResult& result) {
    fuzz::require(result.source < 2 && result.frame >= 0, "a frame of no source");
    for (const serve::FaceResult& face : result.faces) requireFace(face);
    rows += serve::rowsOf(result, names());
  });
  return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  try {
    serve::RowsRead read;
    const std::string once = readAndWritten(text, read);
    fuzz::require(read.whole_bytes <= size, "more bytes than there are");
    serve::RowsRead again;
    fuzz::require(readAndWritten(once, again) == once && again.frames == read.frames,
                  "written and read again it differs");
    fuzz::require(again.whole_bytes == once.size(), "what was written is not whole");
    serve::RowsRead cut;
    readAndWritten(text.substr(0, read.whole_bytes), cut);
    fuzz::require(cut.frames == read.frames && cut.whole_bytes == read.whole_bytes, "cut at its end it differs");
  } catch (const Error& error) {
    fuzz::requireDataError(error, "x.csv:");
  }
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  const std::string header = serve::rowsHeader(names());
  return {
      header + "a.mp4,0,0.000000,2026-01-02T03:04:05.678Z,0" + std::string(14, ',') + "\n",
      header +
          "\"b, c\",7,0.040000,2026-01-02T03:04:05.678Z,2,1,2,3,4,5,0.9,x,0.75,0.75,0.25,y,0.5,0,1\n"
          "\"b, c\",7,0.040000,2026-01-02T03:04:05.678Z,2,9,2,3,4,5,,,,,,,,1,0\n"
          "a.mp4,0,-1.5,1999-12-31T23:59:59.999Z,1,2147483647,0,0,1,1,1e-09,y,1,0,1,x,1.0005,0,0\n"
          "a.mp4,1,2,2000-02-29T00:00:00.000Z,2,1,1,1,1,1,,,,,,,,0,0\n",
      header,
  };
}
