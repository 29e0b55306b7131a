#include "fer/core/version.hpp"

namespace fer {

const char* version() {
  return FER_VERSION;
}
const char* gitCommit() {
  return FER_COMMIT;
}

}  // namespace fer
