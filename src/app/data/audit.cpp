#include "fer/app/dataset.hpp"

#include <iostream>
#include <nlohmann/json.hpp>

#include "fer/data/audit.hpp"
#include "fer/data/csv/fer_csv.hpp"

namespace fer::app {
namespace {

using data::Audit;
using data::Dataset;
using data::kUsages;
using data::Usage;
using nlohmann::ordered_json;

constexpr auto kTraining = static_cast<std::size_t>(Usage::kTraining);

std::array<std::size_t, kUsages> rowsByUsage(const Dataset& dataset) {
  std::array<std::size_t, kUsages> rows{};
  for (const Usage usage : dataset.columns().usages) ++rows[static_cast<std::size_t>(usage)];
  return rows;
}

std::string nameOf(std::size_t usage) {
  const std::string name = usageName(static_cast<Usage>(usage));
  return name.empty() ? "no usage" : name;
}

/// Calls visit(usage) for each test usage that has rows.
template <class Visit>
void eachTestUsage(const std::array<std::size_t, kUsages>& rows, Visit visit) {
  for (const Usage usage : {Usage::kPublicTest, Usage::kPrivateTest})
    if (rows[static_cast<std::size_t>(usage)] > 0) visit(static_cast<std::size_t>(usage));
}

void print(const Dataset& dataset, const Audit& audit) {
  const auto rows = rowsByUsage(dataset);
  std::cout << dataset.size() << " rows\n"
            << audit.duplicate_groups.size() << " groups of rows with equal pixels, " << audit.conflicting_groups.size()
            << " of them with different labels\n"
            << audit.constant_images.size() << " images of a single grey level\n";
  std::cout << "\nCopies beyond the first within a split\n";
  for (std::size_t usage = 0; usage < kUsages; ++usage)
    if (rows[usage] > 0)
      std::cout << "  " << nameOf(usage) << ": " << audit.extra_copies_within[usage] << " of " << rows[usage]
                << " rows\n";
  std::cout << "\nRows whose pixels also stand in another split\n";
  bool any = false;
  for (std::size_t own = 0; own < kUsages; ++own)
    for (std::size_t other = 0; other < kUsages; ++other)
      if (const std::size_t count = audit.rows_also_in[own][other]; count > 0) {
        any = true;
        std::cout << "  " << nameOf(own) << " rows also in " << nameOf(other) << ": " << count << ", "
                  << audit.rows_also_in_same_label[own][other] << " with the same label\n";
      }
  if (!any) std::cout << "  none\n";
  eachTestUsage(rows, [&](std::size_t usage) {
    std::cout << "\nLeak-free " << nameOf(usage) << ": " << rows[usage] - audit.rows_also_in[usage][kTraining] << " of "
              << rows[usage] << " rows do not stand in Training";
  });
  std::cout << "\n";
}

ordered_json groupsJson(const Dataset& dataset, const Audit& audit) {
  ordered_json groups = ordered_json::array();
  for (const std::vector<std::uint32_t>& members : audit.duplicate_groups) {
    ordered_json group{
        {"rows", ordered_json::array()}, {"labels", ordered_json::array()}, {"usages", ordered_json::array()}};
    for (const std::uint32_t row : members) {
      group["rows"].push_back(dataset.rowId(row));
      group["labels"].push_back(dataset.label(row));
      group["usages"].push_back(usageName(dataset.usage(row)));
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

ordered_json json(const Dataset& dataset, const Audit& audit) {
  const auto rows = rowsByUsage(dataset);
  ordered_json result{{"schema", 1}, {"rows", dataset.size()}, {"data_hash", dataHash(dataset)}};
  for (std::size_t usage = 0; usage < kUsages; ++usage)
    if (rows[usage] > 0)
      result["usages"].push_back({{"usage", usageName(static_cast<Usage>(usage))},
                                  {"rows", rows[usage]},
                                  {"extra_copies_within", audit.extra_copies_within[usage]}});
  result["also_in"] = ordered_json::array();
  for (std::size_t own = 0; own < kUsages; ++own)
    for (std::size_t other = 0; other < kUsages; ++other)
      if (audit.rows_also_in[own][other] > 0)
        result["also_in"].push_back({{"usage", usageName(static_cast<Usage>(own))},
                                     {"other", usageName(static_cast<Usage>(other))},
                                     {"rows", audit.rows_also_in[own][other]},
                                     {"rows_of_the_same_label", audit.rows_also_in_same_label[own][other]}});
  result["leak_free"] = ordered_json::object();
  eachTestUsage(rows, [&](std::size_t usage) {
    result["leak_free"][nameOf(usage)] = rows[usage] - audit.rows_also_in[usage][kTraining];
  });
  result["duplicate_groups"] = groupsJson(dataset, audit);
  result["conflicting_groups"] = audit.conflicting_groups;
  result["constant_images"] = ordered_json::array();
  for (const std::uint32_t row : audit.constant_images) result["constant_images"].push_back(dataset.rowId(row));
  return result;
}

}  // namespace

void auditDataset(const std::filesystem::path& file, const data::DataOptions& options, bool as_json) {
  const Dataset dataset = data::readFerCsv(file, {options.shape, options.classes, false});
  const Audit audit = data::audit(dataset);
  if (as_json)
    std::cout << json(dataset, audit).dump() << "\n";
  else
    print(dataset, audit);
}

}  // namespace fer::app
