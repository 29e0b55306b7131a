#include "data/folder/pictures.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <span>

#include "fer/core/error.hpp"
#include "fer/core/processors.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/core/threads.hpp"

namespace fer::data::folder {
namespace {

constexpr std::size_t kReasons = 20;

void requireMemory(const std::filesystem::path& root, std::size_t pictures, std::size_t bytes_each) {
  const double needed = static_cast<double>(pictures) * static_cast<double>(bytes_each);
  const double there = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
  constexpr double kGiga = 1e9;
  if (needed > there)
    throw dataError(root.string() + ": its " + std::to_string(pictures) + " pictures take " + fixed(needed / kGiga, 1) +
                    " GB in memory, this machine has " + fixed(there / kGiga, 1) +
                    ". Choose a smaller data.height and data.width, or fewer pictures.");
  if (pictures > std::numeric_limits<std::uint32_t>::max())
    throw dataError(root.string() + ": more pictures than 2^32, which row numbers cannot count");
}

class Decoding {
 public:
  Decoding(const std::filesystem::path& root, const std::vector<Picture>& pictures, ImageShape shape,
           const PictureReader& reader)
      : root_(root), pictures_(pictures), shape_(shape), reader_(reader) {
    decoded_.pixels.resize(pictures.size() * shape.size());
  }

  Decoded run(unsigned threads) {
    onThreads(threads, [this] { work(); });
    if (trouble_) std::rethrow_exception(trouble_);
    decoded_.resized = resized_;
    std::sort(decoded_.unreadable.begin(), decoded_.unreadable.end());
    return std::move(decoded_);
  }

 private:
  void work() {
    try {
      for (std::size_t i = next_++; i < pictures_.size(); i = next_++) decode(static_cast<std::uint32_t>(i));
    } catch (...) {
      const std::lock_guard lock(mutex_);
      trouble_ = std::current_exception();
      next_ = pictures_.size();
    }
  }

  void decode(std::uint32_t index) {
    const std::span<std::uint8_t> place(decoded_.pixels.data() + index * shape_.size(), shape_.size());
    try {
      if (reader_(root_ / pictures_[index].path, shape_, place)) ++resized_;
    } catch (const Error& error) {
      if (error.fault() != Fault::kData) throw;
      std::fill(place.begin(), place.end(), std::uint8_t{0});
      const std::lock_guard lock(mutex_);
      decoded_.unreadable.push_back(index);
      decoded_.why.emplace(index, error.what());
      if (decoded_.why.size() > kReasons) decoded_.why.erase(std::prev(decoded_.why.end()));
    }
  }

  const std::filesystem::path& root_;
  const std::vector<Picture>& pictures_;
  ImageShape shape_;
  const PictureReader& reader_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::size_t> resized_ = 0;
  std::mutex mutex_;  ///< guards what follows, but for the pixels
  Decoded decoded_;
  std::exception_ptr trouble_;
};

}  // namespace

Decoded decodeAll(const std::filesystem::path& root, const std::vector<Picture>& pictures, ImageShape shape,
                  const PictureReader& reader, unsigned threads) {
  requireMemory(root, pictures.size(), shape.size());
  return Decoding(root, pictures, shape, reader)
      .run(std::max(1U, threads > 0 ? threads : static_cast<unsigned>(usableProcessors())));
}

}  // namespace fer::data::folder
