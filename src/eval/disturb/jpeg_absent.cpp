// In place of disturb_jpeg.cpp where the build found no libjpeg-turbo.
#include "fer/core/error.hpp"
#include "fer/eval/disturb/disturb.hpp"

namespace fer::eval {

bool builtWithJpeg() {
  return false;
}

Pixels asJpeg(const Face&, double) {
  throw Error(Fault::kOther, "fer was built without libjpeg-turbo. Install it (libturbojpeg0-dev) and build again.");
}

}  // namespace fer::eval
