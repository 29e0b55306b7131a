#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fer::predict {

constexpr int kEnsembleSchema = 1;

/// A network of an ensemble: a run's weights.
struct EnsembleMember {
  std::string run;     ///< its name
  std::string path;    ///< of its folder, seen from the ensemble's
  std::string sha256;  ///< of the weights' file
  int epoch = 0;       ///< that the weights are of
  double weight = 0;
  std::string checkpoint = "best";  ///< which weights of the run: "best", "last" or "final"; "weights" in the file

  bool operator==(const EnsembleMember&) const = default;
};

/// What ensemble.json says, which stands in an ensemble's folder in place of a run's config.json.
struct Ensemble {
  std::vector<EnsembleMember> members;  ///< as they were named, at least two
  std::string weighting;                ///< "equal" or "validation"
  std::int64_t validation_rows = 0;     ///< that the weights were fitted on; 0 for "equal"
  std::string protocol;
  std::string data_hash;

  bool operator==(const Ensemble&) const = default;
};

/// Whether both are the same networks, weighted in the same way, whatever the weights came out as.
bool sameMembers(const Ensemble& one, const Ensemble& other);

std::string ensembleJson(const Ensemble& ensemble);

/// The reverse, from a file. Throws Error (bad data) that names the key where it is damaged or of a newer schema.
Ensemble readEnsemble(const std::filesystem::path& file);

}  // namespace fer::predict
