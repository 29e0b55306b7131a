#include "data/csv/parallel.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>

#include "fer/core/threads.hpp"

namespace fer::data::csv {
namespace {

class ParallelReading {
 public:
  ParallelReading(BlockReader& reader, const RowFormat& format, RowCollector& collector)
      : reader_(reader), format_(format), collector_(collector) {}

  void run(unsigned threads) {
    onThreads(threads, [this] { work(); });
    if (trouble_) std::rethrow_exception(trouble_);
  }

 private:
  void work() {
    Block block;
    ParsedRows rows;
    std::exception_ptr trouble;
    while (const auto turn = take(block, trouble)) {
      try {
        if (!trouble) parseRows(block.text(), format_, rows);
      } catch (...) {
        trouble = std::current_exception();
      }
      handOver(*turn, rows, block.text().size(), trouble);
    }
  }

  /// Reads the next block; its place in the order, or nothing when all are taken. Trouble in reading takes a place too,
  /// so that it counts only if everything before it was in order.
  std::optional<std::size_t> take(Block& block, std::exception_ptr& trouble) {
    const std::lock_guard lock(reading_);
    if (all_taken_) return std::nullopt;
    try {
      all_taken_ = !reader_.next(block);
      if (all_taken_) return std::nullopt;
    } catch (...) {
      trouble = std::current_exception();
      all_taken_ = true;
    }
    return taken_++;
  }

  void handOver(std::size_t turn, const ParsedRows& rows, std::size_t block_bytes, const std::exception_ptr& trouble) {
    std::unique_lock lock(collecting_);
    turn_came_.wait(lock, [&] { return turn == collected_; });
    ++collected_;
    try {
      if (!stopped_ && trouble) std::rethrow_exception(trouble);
      if (!stopped_) collector_.append(rows, block_bytes);
      if (collector_.complete()) stopped_ = true;
    } catch (...) {
      trouble_ = std::current_exception();
      stopped_ = true;
    }
    turn_came_.notify_all();
    if (!stopped_) return;
    lock.unlock();
    const std::lock_guard reading(reading_);
    all_taken_ = true;
  }

  BlockReader& reader_;
  const RowFormat& format_;
  RowCollector& collector_;

  std::mutex reading_;  ///< guards reader_ and the two below
  std::size_t taken_ = 0;
  bool all_taken_ = false;

  std::mutex collecting_;  ///< guards collector_ and all below
  std::condition_variable turn_came_;
  std::size_t collected_ = 0;
  bool stopped_ = false;
  std::exception_ptr trouble_;
};

}  // namespace

void readRows(BlockReader& reader, const RowFormat& format, unsigned threads, RowCollector& collector) {
  ParallelReading(reader, format, collector).run(threads);
}

}  // namespace fer::data::csv
