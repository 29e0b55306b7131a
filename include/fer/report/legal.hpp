#pragma once

namespace fer::report {

/// What every page that tells emotions says.
constexpr const char* kProhibition =
    "Article 5(1)(f) of the EU AI Act prohibits systems that infer emotions at workplaces and in education, medical "
    "and safety reasons aside, since February 2025.";

}  // namespace fer::report
