#pragma once

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace fer {

/// Whose fault a failure is; the value is the exit code of a command that ends with it.
enum class Fault {
  kOther = 1,  ///< the machine: disk full, no permission, out of memory, numbers that became non-finite
  kUsage = 2,  ///< the command line or a config file
  kData = 3,   ///< a dataset, a checkpoint or another input file whose content is wrong or that is missing
};

/// What every module throws. The message is one line that says what failed, where (file:line:column or key), and what
/// to do about it.
class Error : public std::runtime_error {
 public:
  Error(Fault fault, const std::string& message) : std::runtime_error(message), fault_(fault) {}
  Fault fault() const { return fault_; }

 private:
  Fault fault_;
};

inline Error usageError(const std::string& message) {
  return {Fault::kUsage, message};
}
inline Error dataError(const std::string& message) {
  return {Fault::kData, message};
}

/// "PATH: cannot ACTION: reason", the reason being what `code` (an errno) means, with a remedy where one is known.
Error ioError(const std::filesystem::path& path, const std::string& action, int code = errno,
              Fault fault = Fault::kOther);

}  // namespace fer
