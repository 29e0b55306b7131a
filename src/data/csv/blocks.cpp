#include "data/csv/blocks.hpp"

#include <algorithm>
#include <utility>

#include "data/csv/pixels.hpp"

namespace fer::data::csv {

std::span<char> Block::room(std::size_t count) {
  if (storage_.size() < size_ + count + kReadAhead) storage_.resize(size_ + count + kReadAhead);
  return {storage_.data() + size_, count};
}

void Block::setSize(std::size_t size) {
  size_ = size;
  std::fill_n(storage_.data() + size, kReadAhead, '\n');
}

BlockReader::BlockReader(ByteSource source, std::size_t block_bytes, std::size_t line_limit)
    : source_(std::move(source)), block_bytes_(block_bytes), line_limit_(line_limit) {}

bool BlockReader::next(Block& block) {
  block.size_ = 0;
  std::copy(carried_.begin(), carried_.end(), block.room(carried_.size()).begin());
  block.setSize(carried_.size());
  carried_.clear();
  std::size_t whole = block.text().rfind('\n') + 1;  // bytes in whole lines; 0 where there is no line feed
  while (!ended_) {
    if (block.size_ - whole > line_limit_) {
      ended_ = true;
    } else if (block.size_ >= block_bytes_ && whole > 0) {
      carried_ = block.text().substr(whole);
      block.setSize(whole);
      break;
    } else if (const std::size_t before = block.size_; readMore(block)) {
      const std::size_t feed = block.text().substr(before).rfind('\n');
      if (feed != std::string_view::npos) whole = before + feed + 1;
    }
  }
  return block.size_ > 0;
}

bool BlockReader::readMore(Block& block) {
  const std::size_t wanted = block.size_ < block_bytes_ ? block_bytes_ - block.size_ : block_bytes_;
  const std::size_t count = source_(block.room(wanted));
  block.setSize(block.size_ + count);
  ended_ = count == 0;
  return !ended_;
}

std::optional<std::string> BlockReader::line() {
  Block block;
  if (!next(block)) return std::nullopt;
  const std::string_view text = block.text();
  const std::size_t length = std::min(text.find('\n'), text.size());
  carried_.insert(0, text.substr(std::min(length + 1, text.size())));
  return std::string(text.substr(0, length));
}

}  // namespace fer::data::csv
