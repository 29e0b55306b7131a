#include "app/export_check.hpp"

namespace fer::app {

ExportCheck checkExport(const std::string&, const nn::LoadedModel&) {
  return {};
}

}  // namespace fer::app
