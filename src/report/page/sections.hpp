#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "fer/report/comparison/comparison.hpp"

namespace fer::report {

/// A part of the report's page; one without HTML is left out.
struct PageSection {
  std::string id;     ///< the place to link to
  std::string title;  ///< plain
  std::string html;
  std::string style = {};  ///< what it adds to the style sheet
};

PageSection rankedSection(const ComparableSet& set, const std::filesystem::path& home);
PageSection pairsSection(const ComparableSet& set);
PageSection costSection(const ComparableSet& set);
PageSection trainingSection(const ComparableSet& set);
PageSection confusionSection(const ComparableSet& set);
PageSection classesSection(const ComparableSet& set);
PageSection reliabilitySection(const ComparableSet& set);
PageSection robustnessSection(const ComparableSet& set);
PageSection mistakesSection(const ComparableSet& set, const std::string& prefix);
PageSection explanationsSection(const ComparableSet& set);
PageSection agreementSection(const ComparableSet& set);
PageSection recipesSection(const ComparableSet& set);
PageSection otherLabelsSection(const ComparableSet& set);
PageSection publishedSection(const ComparableSet& set);

PageSection configsSection(const Comparison& comparison);
PageSection environmentSection(const Comparison& comparison);
PageSection limitsSection(const Comparison& comparison);

/// A figure with a caption (plain) above; "" where there is no picture.
std::string figure(const std::string& caption, const std::string& picture, const std::string& note = "");

/// Which line is whose: a list of the entries of the set that are drawn, with their colours.
std::string legend(const ComparableSet& set, const std::function<bool(std::size_t)>& drawn);

}  // namespace fer::report
