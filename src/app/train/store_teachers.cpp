#include "app/train/store_teachers.hpp"

#include <unistd.h>

#include <iostream>
#include <optional>

#include "app/train/processes.hpp"
#include "fer/core/interrupt.hpp"
#include "fer/core/progress.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/core/shell_path.hpp"
#include "fer/train/batch/batches.hpp"
#include "fer/train/store_teachers.hpp"

namespace fer::app {
namespace {

/// What the user sees of a storing.
class StoreLog {
 public:
  StoreLog(std::size_t epochs, std::size_t images) : epochs_(epochs), images_(images) {}

  void asked(std::size_t images) {
    if (!bar_) bar_.emplace(std::cout, ::isatty(STDOUT_FILENO) != 0, "teachers", epochs_ * images_, done_);
    done_ += images;
    bar_->update(done_, "");
  }
  void stored(int epoch, bool there) {
    if (there) done_ += images_;
    ended();
    std::cout << "epoch " << epoch + 1 << "/" << epochs_ << (there ? "  is there" : "  stored") << std::endl;
  }
  void ended() {
    if (bar_) bar_->finish();
  }

 private:
  std::size_t epochs_;
  std::size_t images_;  ///< of an epoch
  std::size_t done_ = 0;
  std::optional<Progress> bar_;
};

void describe(const train::Experiment& experiment, const Prepared& prepared, int epochs, std::size_t images) {
  const train::DistillOptions& distill = experiment.train.distill;
  if (distill.teachers.empty()) return;  // an error soon
  std::cout << "teachers: " << namesToShow(distill.teachers)
            << (distill.mirror ? ", of each view and its mirror image" : "") << "; " << epochs << " epochs of "
            << images << " images, on " << prepared.device.str() << " with " << prepared.threads << " threads in "
            << precisionText(prepared) << std::endl;
}

}  // namespace

int storeTeachers(const train::Experiment& experiment, const Prepared& prepared, const std::filesystem::path& folder) {
  watchInterrupts();
  const int epochs = experiment.train.distill.epochsOfViews(experiment.train.epochs);
  const std::size_t images = train::imagesPerEpoch(experiment.train, prepared.data);
  describe(experiment, prepared, epochs, images);
  StoreLog log(static_cast<std::size_t>(epochs), images);
  const bool whole =
      train::storeTeachers(experiment, prepared.data, {prepared.device, prepared.precision.precision}, folder,
                           {[] { return interruptSignal() != 0; }, [&](std::size_t more) { log.asked(more); },
                            [&](int epoch, bool there) { log.stored(epoch, there); }});
  log.ended();
  if (!whole) {
    std::cout << "interrupted; the same command goes on\n";
    return signalCode();
  }
  std::cout << "train with: --set train.distill.stored=" << shellPath(shortPath(folder)) << '\n';
  return 0;
}

}  // namespace fer::app
