#include "fer/core/error.hpp"

#include <cstring>

namespace fer {
namespace {

const char* remedy(int code) {
  switch (code) {
    case ENOSPC:
    case EDQUOT:
      return ". Free some space or choose another folder.";
    case EFBIG:
      return ". Raise the file-size limit (ulimit -f).";
    case EACCES:
    case EPERM:
      return ". Check its permissions.";
    case EROFS:
      return ". Choose a folder that can be written.";
    case ENOENT:
      return ". Check the path.";
    case EISDIR:
      return ". A file is expected here.";
    case ENOTDIR:
      return ". A part of the path is a file where a folder is expected.";
    default:
      return "";
  }
}

}  // namespace

Error ioError(const std::filesystem::path& path, const std::string& action, int code, Fault fault) {
  return {fault, path.string() + ": cannot " + action + ": " + std::strerror(code) + remedy(code)};
}

}  // namespace fer
