#include "fer/eval/test_reads.hpp"

#include <nlohmann/json.hpp>

#include "fer/core/files/file_lock.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/text/json.hpp"

namespace fer::eval {

int noteTestRead(const std::filesystem::path& file, const TestRead& read) {
  const FileLock lock(file.parent_path() / ".test_reads.lock");  // two at once would lose one of the reads
  nlohmann::json value = {{"schema", 1}, {"reads", nlohmann::json::array()}};
  if (std::filesystem::exists(file)) value = parseJson(readFile(file, Fault::kData), file.string(), Fault::kData);
  JsonNode(value, file.string(), "Move it away; a new one is then begun.").at("reads").list();
  value["reads"].push_back({{"time", read.time}, {"weights", read.checkpoint}, {"how", read.how}});
  writeFile(file, value.dump(2) + "\n");
  return static_cast<int>(value["reads"].size());
}

}  // namespace fer::eval
