#include <chrono>
#include <utility>

#include "fer/serve/rows/writers.hpp"
#include "serve/rows/growing_file.hpp"
#include "serve/rows/names.hpp"
#include "serve/rows/row_columns.hpp"

namespace fer::serve {
namespace {

class RowsWriter : public ResultWriter {
 public:
  RowsWriter(const std::filesystem::path& file, ResultSource names, std::uint64_t kept)
      : names_(std::move(names)), file_(file, kept), flushed_(Clock::now()) {
    if (kept == 0) file_.add(rowsHeader(names_));
    file_.flush();
  }

  void write(const FrameResult& result) override {
    constexpr std::chrono::seconds kLongestWait(1);
    constexpr std::size_t kMostWaiting = std::size_t{1} << 16;
    requireFits(result, names_);
    file_.add(rowsOf(result, names_));
    if (file_.waiting() >= kMostWaiting || Clock::now() - flushed_ >= kLongestWait) flush();
  }

  void flush() override {
    file_.flush();
    flushed_ = Clock::now();
  }

  void end() override { flush(); }

 private:
  using Clock = std::chrono::steady_clock;
  ResultSource names_;
  GrowingFile file_;
  Clock::time_point flushed_;
};

}  // namespace

std::unique_ptr<ResultWriter> rowsWriter(const std::filesystem::path& file, const ResultSource& source) {
  return std::make_unique<RowsWriter>(file, checkedNames(source), 0);
}

std::unique_ptr<ResultWriter> rowsWriter(const std::filesystem::path& file, const ResultSource& source,
                                         const RowsRead& read) {
  return std::make_unique<RowsWriter>(file, checkedNames(source), read.whole_bytes);
}

}  // namespace fer::serve
