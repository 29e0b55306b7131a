#include "fer/core/log.hpp"

#include <ostream>
#include <utility>

#include "fer/core/error.hpp"

namespace fer {

Log::Log(std::ostream& watched, std::filesystem::path file)
    : watched_(watched), path_(std::move(file)), file_(path_, std::ios::app) {
  if (!file_) throw ioError(path_, "write");
}

void Log::line(const std::string& text) {
  watched_ << text << std::endl;
  if (!(file_ << text << std::endl)) throw ioError(path_, "write");
}

}  // namespace fer
