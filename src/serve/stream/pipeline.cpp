#include "fer/serve/stream/pipeline.hpp"

#include <utility>

#include "fer/core/processors.hpp"
#include "serve/analysis/looker.hpp"
#include "serve/stream/run.hpp"

namespace fer::serve {

struct Pipeline::Opened {
  engine::ExportedModel model;
  std::vector<Looker> lookers;       ///< one for each thread
  std::unique_ptr<PipelineRun> run;  ///< the last one
};

Pipeline::Pipeline(std::vector<StreamSource> sources, const std::filesystem::path& model,
                   const engine::EngineOptions& engine, const PipelineOptions& options)
    : sources_(std::move(sources)), options_(options), opened_(std::make_unique<Opened>()) {
  opened_->model = engine::openModel(model, engine);
  const int threads = options.threads > 0 ? options.threads : usableProcessors();
  opened_->lookers.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) opened_->lookers.emplace_back(options.detector);
}

Pipeline::~Pipeline() = default;

const engine::ExportedModel& Pipeline::model() const {
  return opened_->model;
}
std::string Pipeline::detector() const {
  return opened_->lookers.front().name();
}

void Pipeline::run(const Listener& listener, const std::function<bool()>& stop, const std::vector<Part>& parts) {
  opened_->run = std::make_unique<PipelineRun>(sources_, options_, *opened_->model.predictor,
                                               opened_->model.description.preprocess, opened_->lookers, parts);
  opened_->run->run(listener, stop);
}

std::vector<StreamCounts> Pipeline::counts() const {
  return opened_->run ? opened_->run->counts() : std::vector<StreamCounts>(sources_.size());
}

}  // namespace fer::serve
