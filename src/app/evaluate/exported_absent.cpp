#include "app/evaluate/pieces.hpp"
#include "fer/core/error.hpp"

namespace fer::app {

Candidate openExported(const EvalRequest&, int) {
  throw Error(Fault::kOther,
              "--model: fer was built without OpenCV or protozero, so it runs no exported models. Install "
              "libopencv-dnn-dev and libprotozero-dev and build again.");
}

}  // namespace fer::app
