#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "data/csv/source.hpp"

namespace fer::data::csv {

/// A piece of a text. Line breaks stand behind it in memory, so that a parser may look kReadAhead bytes past its end.
class Block {
 public:
  std::string_view text() const { return {storage_.data(), size_}; }

 private:
  friend class BlockReader;
  std::span<char> room(std::size_t count);  ///< free bytes behind the text
  void setSize(std::size_t size);

  std::string storage_;
  std::size_t size_ = 0;
};

/// Cuts a text into blocks of whole lines. A block is about `block_bytes` long; more where a line is longer, but a line
/// longer than `line_limit` ends the text: it is handed out cut anywhere, at the end of the last block. So memory is
/// bounded whatever the text holds. One thread at a time.
class BlockReader {
 public:
  BlockReader(ByteSource source, std::size_t block_bytes, std::size_t line_limit);

  /// The next lines, or false at the end of the text. Only the last block may lack its final line break.
  bool next(Block& block);

  /// The next line alone, without its line feed; nothing at the end of the text.
  std::optional<std::string> line();

 private:
  bool readMore(Block& block);

  ByteSource source_;
  std::size_t block_bytes_;
  std::size_t line_limit_;
  std::string carried_;  ///< read already, belongs to the next block
  bool ended_ = false;   ///< nothing follows after carried_
};

}  // namespace fer::data::csv
