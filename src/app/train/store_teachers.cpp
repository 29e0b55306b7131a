#include "app/train/store_teachers.hpp"

#include <iostream>

#include "app/train/processes.hpp"
#include "fer/core/interrupt.hpp"
#include "fer/core/shell_path.hpp"
#include "fer/train/store_teachers.hpp"

namespace fer::app {

int storeTeachers(const train::Experiment& experiment, const Prepared& prepared, const std::filesystem::path& folder) {
  watchInterrupts();
  const bool whole = train::storeTeachers(
      experiment, prepared.data, {prepared.device, prepared.precision.precision}, folder,
      {[] { return interruptSignal() != 0; },
       [&](int epoch, bool there) {
         std::cout << "epoch " << epoch + 1 << "/" << experiment.train.distill.epochsOfViews(experiment.train.epochs)
                   << (there ? "  is there" : "  stored") << std::endl;
       }});
  if (!whole) {
    std::cout << "interrupted; the same command goes on\n";
    return signalCode();
  }
  std::cout << "train with: --set train.distill.stored=" << shellPath(shortPath(folder)) << '\n';
  return 0;
}

}  // namespace fer::app
