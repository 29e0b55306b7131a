#pragma once

namespace fer::tools {

/// The commands of fer-data. argv[0] is the command's own name; each returns the exit code.
int runDataInfo(int argc, char** argv);
int runDataAudit(int argc, char** argv);
int runDataConvert(int argc, char** argv);
int runDataSynth(int argc, char** argv);

}  // namespace fer::tools
