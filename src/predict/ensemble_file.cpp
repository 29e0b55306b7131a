#include "fer/predict/ensemble_file.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"

namespace fer::predict {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

Error damaged(const std::string& origin, const std::string& what) {
  return dataError(origin + ": " + what + ". The file is damaged: make the ensemble again with fer-eval --ensemble.");
}

template <class Value>
Value valueOf(const json& object, const char* key, const std::string& origin) {
  try {
    return object.at(key).get<Value>();
  } catch (const json::exception&) {
    throw damaged(origin, std::string(key) + ": missing, or of another kind");
  }
}

}  // namespace

bool sameMembers(const Ensemble& one, const Ensemble& other) {
  const auto withoutWeights = [](Ensemble ensemble) {
    for (EnsembleMember& member : ensemble.members) member.weight = 0;
    ensemble.validation_rows = 0;
    return ensemble;
  };
  return withoutWeights(one) == withoutWeights(other);
}

std::string ensembleJson(const Ensemble& ensemble) {
  ordered_json members = ordered_json::array();
  for (const EnsembleMember& member : ensemble.members)
    members.push_back({{"run", member.run},
                       {"path", member.path},
                       {"weights", "best"},
                       {"sha256", member.sha256},
                       {"epoch", member.epoch},
                       {"weight", member.weight}});
  const ordered_json root{{"schema", kEnsembleSchema},       {"members", std::move(members)},
                          {"weighting", ensemble.weighting}, {"validation_rows", ensemble.validation_rows},
                          {"protocol", ensemble.protocol},   {"data_hash", ensemble.data_hash}};
  constexpr int kIndent = 2;
  return root.dump(kIndent, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

Ensemble readEnsemble(const std::filesystem::path& file) {
  const std::string origin = file.string();
  const json root = parseJson(readFile(file, Fault::kData), origin, Fault::kData);
  if (!root.is_object()) throw damaged(origin, "no object");
  if (const int schema = valueOf<int>(root, "schema", origin); schema > kEnsembleSchema)
    throw dataError(origin + ": schema " + std::to_string(schema) + " is newer than this program's " +
                    std::to_string(kEnsembleSchema) + ". Use a newer fer.");
  Ensemble result;
  double sum = 0;
  for (const json& one : valueOf<json::array_t>(root, "members", origin)) {
    result.members.push_back({valueOf<std::string>(one, "run", origin), valueOf<std::string>(one, "path", origin),
                              valueOf<std::string>(one, "sha256", origin), valueOf<int>(one, "epoch", origin),
                              valueOf<double>(one, "weight", origin)});
    if (!(result.members.back().weight >= 0)) throw damaged(origin, "weight: not a share");
    sum += result.members.back().weight;
  }
  constexpr double kRounding = 1e-6;
  if (result.members.size() < 2 || !(std::abs(sum - 1) <= kRounding))
    throw damaged(origin, "members: not two or more whose weights add up to 1");
  result.weighting = valueOf<std::string>(root, "weighting", origin);
  result.validation_rows = valueOf<std::int64_t>(root, "validation_rows", origin);
  result.protocol = valueOf<std::string>(root, "protocol", origin);
  result.data_hash = valueOf<std::string>(root, "data_hash", origin);
  return result;
}

}  // namespace fer::predict
