#include "app/checkpoint_of_run.hpp"
#include "app/evaluate/pieces.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/core/hash.hpp"
#include "fer/nn/torch_predictor.hpp"
#include "fer/predict/ensemble_predictor.hpp"
#include "fer/predict/mixture_weights.hpp"
#include "fer/predict/views_predictor.hpp"
#include "fer/train/experiment.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEnsembleFile = "ensemble.json";

TrainedNetwork openNetwork(const fs::path& folder, const std::string& checkpoint, c10::Device device) {
  const RunDirectory run = RunDirectory::open(folder);
  train::Experiment experiment = train::readExperiment(run.config());
  nn::LoadedModel model = loadCheckpoint(run, checkpoint);
  data::requireSame(model.description.preprocess, experiment.preprocess, run.config().string());
  const nn::CheckpointDescription description = model.description;
  const std::int64_t parameters = nn::countParameters(*model.network).total;
  return {run,
          run.checkpoint(checkpoint),
          std::move(experiment.data),
          description,
          parameters,
          std::make_unique<nn::TorchPredictor>(std::move(model), device)};
}

/// Why two networks cannot be averaged, or nothing.
std::string difference(const TrainedNetwork& one, const TrainedNetwork& other) {
  if (one.description.data_hash != other.description.data_hash) return "were trained on different data (data hash)";
  if (one.description.spec.classes != other.description.spec.classes) return "have different classes";
  if (one.description.spec.input != other.description.spec.input) return "take images of different sizes";
  if (one.data.protocol != other.data.protocol) return "cut the data by different protocols (data.protocol)";
  if (data::protocolNamed(one.data.protocol).drawn && one.data.split_seed != other.data.split_seed)
    return "cut the data differently (data.split_seed): one was trained on rows that validate the other";
  if (one.data.protocol == "fractions" && one.data.fractions != other.data.fractions)
    return "cut the data differently (data.fractions)";
  if (one.data.protocol == "kfold" &&
      std::pair(one.data.folds, one.data.fold) != std::pair(other.data.folds, other.data.fold))
    return "validate on different folds (data.folds, data.fold): one was trained on rows that validate the other";
  return "";
}

void checkTogether(const std::vector<TrainedNetwork>& networks) {
  for (const TrainedNetwork& network : networks)
    if (const std::string why = difference(networks.front(), network); !why.empty())
      throw usageError(networks.front().run->name() + " and " + network.run->name() + " " + why +
                       ". An ensemble's members must agree in this: name other runs.");
}

predict::Ensemble describe(const EvalRequest& request, const std::vector<TrainedNetwork>& networks,
                           const fs::path& folder) {
  predict::Ensemble ensemble;
  for (const TrainedNetwork& network : networks)
    ensemble.members.push_back({network.run->name(), network.run->path().lexically_relative(folder).generic_string(),
                                fileSha256(network.file), network.description.epoch,
                                1.0 / static_cast<double>(networks.size()), request.checkpoint});
  ensemble.weighting = request.weighting;
  ensemble.protocol = networks.front().data.protocol;
  ensemble.data_hash = networks.front().description.data_hash;
  return ensemble;
}

Candidate newEnsemble(const EvalRequest& request, c10::Device device) {
  Candidate candidate;
  candidate.folder = wholePath(request.out);
  if (fs::exists(candidate.folder / "config.json"))
    throw usageError("--out " + request.out + ": a run stands there. Name a new folder for the ensemble.");
  for (const std::string& run : request.ensemble)
    candidate.networks.push_back(openNetwork(run, request.checkpoint, device));
  checkTogether(candidate.networks);
  candidate.ensemble = describe(request, candidate.networks, candidate.folder);
  candidate.fitted = request.weighting == "equal";
  if (const fs::path file = candidate.folder / kEnsembleFile; fs::exists(file)) {
    const predict::Ensemble earlier = predict::readEnsemble(file);
    if (!predict::sameMembers(earlier, *candidate.ensemble))
      throw usageError("--out " + request.out +
                       ": another ensemble stands there (other members, weights or weighting). Name a new folder.");
    candidate.ensemble = earlier;
    candidate.fitted = true;
  }
  return candidate;
}

Candidate earlierEnsemble(const EvalRequest& request, c10::Device device) {
  if (request.checkpoint_given)
    throw usageError(
        "--checkpoint: " + request.run +
        " is an ensemble, which is made of certain weights. Make another with --ensemble and a new --out.");
  Candidate candidate;
  candidate.folder = wholePath(request.run);
  candidate.ensemble = predict::readEnsemble(candidate.folder / kEnsembleFile);
  for (const predict::EnsembleMember& member : candidate.ensemble->members) {
    candidate.networks.push_back(
        openNetwork((candidate.folder / member.path).lexically_normal(), member.checkpoint, device));
    if (const TrainedNetwork& network = candidate.networks.back(); fileSha256(network.file) != member.sha256)
      throw dataError(network.file.string() + ": not the weights that " + request.run +
                      " was made of. Make the ensemble again with --ensemble and a new --out.");
  }
  checkTogether(candidate.networks);
  return candidate;
}

/// The members' weights by what they say of the validation rows.
void fitWeights(Candidate& candidate, const EvalData& data) {
  std::vector<std::vector<float>> said;
  for (const TrainedNetwork& network : candidate.networks)
    said.push_back(evaluateRows(*network.predictor, data, "validation").probabilities);
  std::vector<int> labels;
  for (const std::uint32_t row : data.split.validation) labels.push_back(data.dataset.label(row));
  const std::vector<double> weights = predict::fitMixtureWeights(said, labels, data.dataset.classes().size());
  for (std::size_t i = 0; i < weights.size(); ++i) candidate.ensemble->members[i].weight = weights[i];
  candidate.ensemble->validation_rows = static_cast<std::int64_t>(labels.size());
  candidate.fitted = true;
}

std::unique_ptr<predict::Predictor> combined(Candidate& candidate) {
  if (!candidate.ensemble) return std::move(candidate.networks.front().predictor);
  std::vector<std::unique_ptr<predict::Predictor>> members;
  std::vector<double> weights;
  for (TrainedNetwork& network : candidate.networks) members.push_back(std::move(network.predictor));
  for (const predict::EnsembleMember& member : candidate.ensemble->members) weights.push_back(member.weight);
  return std::make_unique<predict::EnsemblePredictor>(std::move(members), std::move(weights));
}

}  // namespace

Candidate openCandidate(const EvalRequest& request, c10::Device device) {
  if (!request.ensemble.empty()) return newEnsemble(request, device);
  if (fs::exists(fs::path(request.run) / kEnsembleFile)) return earlierEnsemble(request, device);
  Candidate candidate;
  candidate.networks.push_back(openNetwork(request.run, request.checkpoint, device));
  candidate.folder = candidate.networks.front().run->path();
  return candidate;
}

std::unique_ptr<predict::Predictor> makePredictor(const EvalRequest& request, Candidate& candidate,
                                                  const EvalData& data) {
  if (!candidate.fitted) fitWeights(candidate, data);
  std::unique_ptr<predict::Predictor> predictor = combined(candidate);
  if (request.tta == "none") return predictor;
  std::vector<predict::View> views = predict::viewsOf(request.tta, predictor->inputShape());
  return std::make_unique<predict::ViewsPredictor>(std::move(predictor), std::move(views));
}

void fillOrigin(metrics::Evaluation& evaluation, const EvalRequest& request, const Candidate& candidate,
                const EvalData& data) {
  const TrainedNetwork& first = candidate.networks.front();
  evaluation.run = candidate.folder.filename().string();
  evaluation.model = candidate.ensemble ? "ensemble" : first.description.spec.name;
  evaluation.split = request.split;
  evaluation.protocol = data.options.protocol;
  evaluation.checkpoint = request.checkpoint;
  evaluation.epoch = candidate.ensemble ? 0 : first.description.epoch;
  evaluation.data_path = data.options.path;
  evaluation.data_hash = data.hash;
  for (const TrainedNetwork& network : candidate.networks) evaluation.parameters += network.parameters;
  evaluation.tta = request.tta;
  if (!first.engine.empty()) {
    evaluation.engine = first.engine;
    evaluation.model_file = first.file.filename().string();
    evaluation.checkpoint = first.description.checkpoint;
  }
  if (!candidate.ensemble) return;
  evaluation.ensemble_weights = candidate.ensemble->weighting;
  for (const predict::EnsembleMember& member : candidate.ensemble->members)
    evaluation.members.push_back({member.run, member.weight});
}

}  // namespace fer::app
