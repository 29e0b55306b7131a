#include "fer/app/evaluate_run.hpp"

namespace fer::app {

std::string EvalRequest::evaluationName(const std::string& part) const {
  return tta == "none" ? part : part + "-" + tta;
}

std::string EvalRequest::how() const {
  std::string text;
  const auto add = [&text](bool wanted, const std::string& what) {
    if (wanted) text += (text.empty() ? "" : ", ") + what;
  };
  add(tta != "none", "tta " + tta);
  add(calibrate, "calibrate");
  add(ceiling, "ceiling");
  add(robustness, "robustness");
  add(cost, "cost");
  add(explain, "explain");
  return text.empty() ? "plain" : text;
}

}  // namespace fer::app
