#include "fer/app/dataset.hpp"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/data/look.hpp"
#include "fer/data/audit.hpp"
#include "fer/data/protocol.hpp"

namespace fer::app {
namespace {

using data::Audit;
using data::Dataset;
using nlohmann::ordered_json;

std::vector<std::size_t> rowsByPart(const Dataset& dataset) {
  std::vector<std::size_t> rows(dataset.parts().size());
  for (const std::uint8_t part : dataset.columns().parts) ++rows[part];
  return rows;
}

/// Rows of a part whose pixels do not stand in the part that trains; each list of parts has one such.
std::size_t leakFree(const Dataset& dataset, const Audit& audit, std::size_t part, std::size_t rows) {
  for (std::size_t other = 0; other < dataset.parts().size(); ++other)
    if (data::roleOf(dataset.parts()[other]) == data::Role::kTrain) rows -= audit.rows_also_in[part][other];
  return rows;
}

/// Calls visit(part) for each part with rows that do not train.
template <class Visit>
void eachHeldOutPart(const Dataset& dataset, const std::vector<std::size_t>& rows, Visit visit) {
  for (std::size_t part = 0; part < rows.size(); ++part) {
    const data::Role role = data::roleOf(dataset.parts()[part]);
    if (rows[part] > 0 && role != data::Role::kTrain && role != data::Role::kNothing) visit(part);
  }
}

void print(const Dataset& dataset, const Audit& audit) {
  const auto rows = rowsByPart(dataset);
  std::cout << dataset.size() << " rows\n"
            << audit.duplicate_groups.size() << " groups of rows with equal pixels, " << audit.conflicting_groups.size()
            << " of them with different labels\n"
            << audit.constant_images.size() << " images of a single grey level\n";
  std::cout << "\nCopies beyond the first within a split\n";
  for (std::size_t part = 0; part < rows.size(); ++part)
    if (rows[part] > 0)
      std::cout << "  " << partText(dataset, part) << ": " << audit.extra_copies_within[part] << " of " << rows[part]
                << " rows\n";
  std::cout << "\nRows whose pixels also stand in another split\n";
  bool any = false;
  for (std::size_t own = 0; own < rows.size(); ++own)
    for (std::size_t other = 0; other < rows.size(); ++other)
      if (const std::size_t count = audit.rows_also_in[own][other]; count > 0) {
        any = true;
        std::cout << "  " << partText(dataset, own) << " rows also in " << partText(dataset, other) << ": " << count
                  << ", " << audit.rows_also_in_same_label[own][other] << " with the same label\n";
      }
  if (!any) std::cout << "  none\n";
  eachHeldOutPart(dataset, rows, [&](std::size_t part) {
    std::cout << "\nLeak-free " << partText(dataset, part) << ": " << leakFree(dataset, audit, part, rows[part])
              << " of " << rows[part] << " rows do not stand in Training";
  });
  std::cout << "\n";
}

struct FoldAudit {
  std::size_t rows = 0;
  std::size_t also_in_others = 0;  ///< rows whose pixels also stand in another fold
};

std::vector<FoldAudit> auditFolds(const Dataset& dataset, const data::DataOptions& options) {
  const auto folds = foldsToLookAt(dataset, options);
  std::vector<FoldAudit> found;
  for (const auto& fold : folds) {
    std::vector<std::uint32_t> others;
    for (const auto& other : folds)
      if (&other != &fold) others.insert(others.end(), other.begin(), other.end());
    const std::vector<bool> also = data::standIn(dataset, fold, others);
    found.push_back({fold.size(), static_cast<std::size_t>(std::count(also.begin(), also.end(), true))});
  }
  return found;
}

void print(const std::vector<FoldAudit>& folds, std::uint32_t split_seed) {
  if (folds.empty()) return;
  std::cout << "\nFolds of data.protocol=kfold, data.split_seed=" << split_seed << "\n";
  for (std::size_t fold = 0; fold < folds.size(); ++fold)
    std::cout << "  fold " << fold << ": " << folds[fold].rows << " rows, " << folds[fold].also_in_others
              << " of them also in another fold\n";
}

ordered_json groupsJson(const Dataset& dataset, const Audit& audit) {
  ordered_json groups = ordered_json::array();
  for (const std::vector<std::uint32_t>& members : audit.duplicate_groups) {
    ordered_json group{
        {"rows", ordered_json::array()}, {"labels", ordered_json::array()}, {"usages", ordered_json::array()}};
    for (const std::uint32_t row : members) {
      group["rows"].push_back(dataset.rowId(row));
      group["labels"].push_back(dataset.label(row));
      group["usages"].push_back(dataset.partName(row));
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

ordered_json json(const Dataset& dataset, const Audit& audit) {
  const auto rows = rowsByPart(dataset);
  ordered_json result{{"schema", 1}, {"rows", dataset.size()}, {"data_hash", dataHash(dataset)}};
  for (std::size_t part = 0; part < rows.size(); ++part)
    if (rows[part] > 0)
      result["usages"].push_back({{"usage", dataset.parts()[part]},
                                  {"rows", rows[part]},
                                  {"extra_copies_within", audit.extra_copies_within[part]}});
  result["also_in"] = ordered_json::array();
  for (std::size_t own = 0; own < rows.size(); ++own)
    for (std::size_t other = 0; other < rows.size(); ++other)
      if (audit.rows_also_in[own][other] > 0)
        result["also_in"].push_back({{"usage", dataset.parts()[own]},
                                     {"other", dataset.parts()[other]},
                                     {"rows", audit.rows_also_in[own][other]},
                                     {"rows_of_the_same_label", audit.rows_also_in_same_label[own][other]}});
  result["leak_free"] = ordered_json::object();
  eachHeldOutPart(dataset, rows, [&](std::size_t part) {
    result["leak_free"][partText(dataset, part)] = leakFree(dataset, audit, part, rows[part]);
  });
  result["duplicate_groups"] = groupsJson(dataset, audit);
  result["conflicting_groups"] = audit.conflicting_groups;
  result["constant_images"] = ordered_json::array();
  for (const std::uint32_t row : audit.constant_images) result["constant_images"].push_back(dataset.rowId(row));
  return result;
}

}  // namespace

void auditDataset(const std::filesystem::path& file, const data::DataOptions& options, bool as_json) {
  const data::LoadedData loaded = loadToLookAt(file, options);
  const Dataset& dataset = loaded.dataset;
  const Audit audit = data::audit(dataset);
  const std::vector<FoldAudit> folds = auditFolds(dataset, options);
  if (!as_json) {
    print(dataset, audit);
    print(folds, options.split_seed);
    return;
  }
  ordered_json root = json(dataset, audit);
  for (const FoldAudit& fold : folds)
    root["folds"].push_back({{"rows", fold.rows}, {"rows_also_in_other_folds", fold.also_in_others}});
  std::cout << root.dump() << "\n";
}

}  // namespace fer::app
