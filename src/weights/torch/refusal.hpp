#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace fer::weights {

/// Why a PyTorch file is not read, and what to do; without its path, which readTorchFile puts before it.
class TorchRefusal : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The bytes contradict the format.
inline TorchRefusal damagedTorchFile(const std::string& what) {
  return TorchRefusal("damaged: " + what + ". Is the download or copy complete?");
}

/// The file may be whole, but is no state dict.
inline TorchRefusal notAStateDict(const std::string& what) {
  return TorchRefusal(what + ". Save the weights alone, in Python: torch.save(model.state_dict(), \"weights.pth\").");
}

/// A text of the file, in quotes: one line of printable ASCII, cut where it is long.
inline std::string quotedFromFile(std::string_view text) {
  constexpr std::size_t kLongest = 100;
  std::string quoted = "\"";
  for (const char c : text.substr(0, kLongest)) quoted += c >= ' ' && c <= '~' ? c : '?';
  return quoted + (text.size() > kLongest ? "...\"" : "\"");
}

}  // namespace fer::weights
