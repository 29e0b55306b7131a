#pragma once

#include <c10/core/Device.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fer/app/evaluate_run.hpp"
#include "fer/core/files/atomic_folder.hpp"
#include "fer/core/files/file_lock.hpp"
#include "fer/core/progress.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/data/dataset.hpp"
#include "fer/data/load.hpp"
#include "fer/data/options.hpp"
#include "fer/data/protocol.hpp"
#include "fer/metrics/evaluation.hpp"
#include "fer/metrics/robustness.hpp"
#include "fer/metrics/summary.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/predict/ensemble_file.hpp"
#include "fer/predict/predictor.hpp"

/// The pieces of fer-eval, in the order in which it uses them.
namespace fer::app {

/// A run's network or an exported model, ready for use.
struct TrainedNetwork {
  std::optional<RunDirectory> run;  ///< none of an exported model
  std::filesystem::path file;       ///< its weights, or the exported model
  data::DataOptions data;           ///< of its config
  nn::CheckpointDescription description;
  std::int64_t parameters = 0;
  std::unique_ptr<predict::Predictor> predictor;
  std::string engine = {};  ///< that runs an exported model
};

/// What is evaluated: one network, an exported model, or an ensemble of several.
struct Candidate {
  std::filesystem::path folder;  ///< the run's, the ensemble's or --out; results go below eval/
  std::vector<TrainedNetwork> networks;
  std::optional<predict::Ensemble> ensemble;  ///< no weights yet where it is new and they are to be fitted
  bool fitted = true;                         ///< the ensemble has its weights
};
Candidate openCandidate(const EvalRequest& request, c10::Device device);

/// The same of an exported model, without LibTorch. Throws Error where fer was built without OpenCV.
Candidate openExported(const EvalRequest& request, int threads);

/// Whether the network is one of graph::modelTable(); an exported model may be somebody else's.
bool isOurs(const graph::ModelSpec& spec);

/// The dataset that all networks were trained on, cut as they saw it; or another one, of which all rows are scored.
struct EvalData {
  data::Dataset dataset;
  data::Split split;
  data::DataOptions options;
  std::string hash;
  std::string other;               ///< what another dataset is called, "faces-1234abcd"; "" for the networks' own
  std::vector<std::uint32_t> all;  ///< rows of another dataset
  std::vector<data::Votes> votes;  ///< FER+'s of each row of the dataset, where they are at hand and labels are hard
  data::OtherLabels other_labels;  ///< FER+'s, or FER-2013's own where the network learnt FER+'s
  const std::vector<std::uint32_t>& rows(const std::string& split_name) const;
};
EvalData loadEvalData(const EvalRequest& request, const Candidate& candidate, int threads);

/// A bar on the terminal.
Progress progressBar(const std::string& label, std::size_t images);

/// A predictor over rows of the dataset, with a bar.
metrics::Evaluation evaluateRows(predict::Predictor& predictor, const EvalData& data, const std::string& split_name);

/// The predictor asked for; the networks' own are moved into it. Fits an ensemble's weights where it has none.
std::unique_ptr<predict::Predictor> makePredictor(const EvalRequest& request, Candidate& candidate,
                                                  const EvalData& data);

/// The most that can be told of the dataset's labels, on the evaluation's rows. `validation` is what the predictor says
/// of the validation rows. Needs data.votes.
metrics::Ceiling labelCeiling(const metrics::Evaluation& validation, const metrics::Evaluation& evaluation,
                              const EvalData& data);

/// Everything an evaluation must say beyond what the predictor said.
void fillOrigin(metrics::Evaluation& evaluation, const EvalRequest& request, const Candidate& candidate,
                const EvalData& data);

/// What the predictor costs, on this machine.
metrics::Cost measureCost(predict::Predictor& predictor, const Candidate& candidate, const EvalData& data,
                          c10::Device device, int threads, const std::string& tta);

/// Held while results are written: two evaluations of a run write one after the other.
std::unique_ptr<FileLock> lockResults(const Candidate& candidate);

/// Counts the evaluation in test_reads.json of the candidate and of every member. Returns the candidate's count.
int countTestRead(const EvalRequest& request, const Candidate& candidate);

/// Writes all results that are to take the place of those in the folder, and an ensemble's file into its own. Takes
/// over what of the folder still holds. Returns what the evaluation says.
metrics::Summary writeResults(const metrics::Evaluation& evaluation,
                              const std::optional<metrics::Robustness>& robustness, const std::filesystem::path& folder,
                              AtomicFolder& results, const Candidate& candidate, const EvalData& data);

/// The evaluation against the other labels, of the rows that these have; nothing where there are none.
std::optional<metrics::Evaluation> againstOtherLabels(const metrics::Evaluation& evaluation, const EvalData& data);

/// Writes the evaluation against the other labels into other_labels/ below `results`.
metrics::Summary writeOtherLabels(const metrics::Evaluation& other, const std::filesystem::path& results);

/// Both side by side, for a person.
void printBothLabels(const metrics::Summary& own, const metrics::Summary& other, const EvalData& data);

/// The confusion matrix for TensorBoard; nothing where fer was built without event files or without pictures.
void writeEvents(const metrics::Summary& summary, const std::filesystem::path& folder);

/// Writes explain/<class>.png below `results`: of each true class the surest images that were recognised and that were
/// taken for another class, each beside what spoke for the class it was taken for (nn::gradCam).
void writeExplanations(const metrics::Evaluation& evaluation, const EvalRequest& request, const Candidate& candidate,
                       const EvalData& data, c10::Device device, const std::filesystem::path& results);

/// For a person: what report::evaluationText leaves out.
void printExtras(const metrics::Evaluation& evaluation, const std::optional<metrics::Robustness>& robustness);

}  // namespace fer::app
