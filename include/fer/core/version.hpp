#pragma once

namespace fer {

const char* version();    ///< "0.1.0"
const char* gitCommit();  ///< of the source tree when it was configured; "unknown" outside a git checkout

}  // namespace fer
