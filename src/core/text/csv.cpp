#include "fer/core/text/csv.hpp"

namespace fer {

std::string csvField(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char byte : text) out += byte == '"' ? std::string("\"\"") : std::string(1, byte);
  return out + "\"";
}

std::string csvLine(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& field : fields) line += (&field == &fields.front() ? "" : ",") + csvField(field);
  return line + "\n";
}

}  // namespace fer
