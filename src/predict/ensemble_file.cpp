#include "fer/predict/ensemble_file.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "fer/core/files/files.hpp"
#include "fer/core/text/json.hpp"

namespace fer::predict {
namespace {

using nlohmann::ordered_json;

EnsembleMember memberFrom(const JsonNode& node) {
  return {node.at("run").text(),          node.at("path").text(),
          node.at("sha256").text(),       node.at("epoch").count<int>(),
          node.at("weight").number(0, 1), node.at("weights").oneOf({"best", "last", "final"})};
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
                       {"weights", member.checkpoint},
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
  const nlohmann::json value = parseJson(readFile(file, Fault::kData), origin, Fault::kData);
  const JsonNode root(value, origin, "The file is damaged: make the ensemble again with fer-eval --ensemble.");
  root.schema(kEnsembleSchema);
  Ensemble result;
  double sum = 0;
  for (const JsonNode& member : root.at("members").list()) {
    result.members.push_back(memberFrom(member));
    sum += result.members.back().weight;
  }
  constexpr double kRounding = 1e-6;
  if (result.members.size() < 2 || !(std::abs(sum - 1) <= kRounding))
    throw root.at("members").wrong("two or more whose weights add up to 1");
  result.weighting = root.at("weighting").text();
  result.validation_rows = root.at("validation_rows").count<std::int64_t>();
  result.protocol = root.at("protocol").text();
  result.data_hash = root.at("data_hash").text();
  return result;
}

}  // namespace fer::predict
