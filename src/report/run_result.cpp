#include "fer/report/run_result.hpp"

#include <cerrno>
#include <system_error>

#include "fer/core/error.hpp"
#include "fer/report/evaluation_json.hpp"

namespace fer::report {
namespace {

/// What stands at a path. Throws where it cannot be told, as in a folder that may not be entered.
std::filesystem::file_type kindOf(const std::filesystem::path& path) {
  std::error_code code;
  const std::filesystem::file_type kind = std::filesystem::status(path, code).type();
  if (kind == std::filesystem::file_type::none) throw ioError(path, "look at", code.value(), Fault::kData);
  return kind;
}

bool stands(const std::filesystem::path& path) {
  return kindOf(path) != std::filesystem::file_type::not_found;
}

}  // namespace

std::optional<RunResult> readRunResult(const std::filesystem::path& folder, const std::string& split) {
  const std::filesystem::file_type kind = kindOf(folder);
  if (kind == std::filesystem::file_type::not_found) throw ioError(folder, "open", ENOENT, Fault::kData);
  if (kind != std::filesystem::file_type::directory) return std::nullopt;
  const std::filesystem::path evaluation = folder / "eval" / split / "evaluation.json";
  if (stands(evaluation)) return RunResult{folder, readEvaluationJson(evaluation)};
  if (stands(folder / "config.json")) return RunResult{folder, std::nullopt};
  return std::nullopt;
}

}  // namespace fer::report
