#include <utility>

#include "fer/core/text/numbers.hpp"
#include "fer/report/comparison/writers.hpp"
#include "report/comparison/words.hpp"
#include "report/page/html.hpp"
#include "report/page/sections.hpp"
#include "report/page/style.hpp"

namespace fer::report {
namespace {

std::vector<PageSection> setSections(const ComparableSet& set, const std::filesystem::path& home,
                                     const std::string& prefix) {
  std::vector<PageSection> sections{rankedSection(set, home), pairsSection(set),      costSection(set),
                                    otherLabelsSection(set),  publishedSection(set),  recipesSection(set),
                                    trainingSection(set),     confusionSection(set),  classesSection(set),
                                    reliabilitySection(set),  robustnessSection(set), mistakesSection(set, prefix),
                                    explanationsSection(set), agreementSection(set)};
  for (PageSection& section : sections) section.id = prefix + section.id;
  return sections;
}

std::string sentences(const ComparableSet& set) {
  std::string text;
  for (const std::string& sentence : headline(set)) text += (text.empty() ? "" : " ") + sentence;
  return xmlText(text);
}

/// Collects the sections' HTML and their links.
class Page {
 public:
  void add(const PageSection& section) {
    if (section.html.empty()) return;
    links_ += "<a href=\"#" + section.id + "\">" + xmlText(section.title) + "</a>\n";
    body_ += element("section", element("h2", xmlText(section.title)) + section.html, "id=\"" + section.id + "\"");
    style_ += section.style;
  }
  void addHtml(const std::string& html) { body_ += html; }

  std::string html(const std::string& title, const std::string& header) const {
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n" +
           element("title", xmlText(title)) +
           element("style", std::string(pageStyle()) + std::string(printStyle()) + style_) + "</head>\n<body>\n" +
           element("header",
                   element("h1", xmlText(title)) + header + element("nav", links_, "aria-label=\"Sections\"")) +
           element("main", body_) + "</body>\n</html>\n";
  }

 private:
  std::string links_;
  std::string body_;
  std::string style_;
};

/// Why the runs are not ranked together, as a warning at the top.
std::string warning(const Comparison& comparison) {
  const std::string apart = apartSentence(comparison);
  if (apart.empty()) return "";
  std::string reasons;
  for (const std::string& reason : comparison.apart) reasons += element("li", xmlText(reason));
  return element("div", element("p", xmlText(apart) + " They differ in") + element("ul", reasons),
                 "class=\"warn\" role=\"note\"");
}

PageSection openSection(const Comparison& comparison) {
  std::string items;
  for (const std::string& open : comparison.open) items += element("li", xmlText(open));
  return {"open", "Not compared", items.empty() ? "" : element("ul", items)};
}

std::string dataLine(const ComparableSet& set) {
  return element("p",
                 xmlText(set.protocol) + " protocol · " + grouped(set.rows) + " images · data SHA-256 <code>" +
                     xmlText(set.data_hash) + "</code>",
                 "class=\"note\" style=\"overflow-wrap:anywhere\"");
}

}  // namespace

std::string comparisonHtml(const Comparison& comparison, const std::filesystem::path& home) {
  Page page;
  const bool several = comparison.sets.size() > 1;
  std::string header = warning(comparison);
  for (std::size_t i = 0; i < comparison.sets.size(); ++i) {
    const ComparableSet& set = comparison.sets[i];
    const std::string lead = element("p", sentences(set), "class=\"lead\"") + dataLine(set);
    if (several)
      page.addHtml(
          element("h1", xmlText("Set " + std::to_string(i + 1) + ": " + setTitle(set)), "style=\"margin-top:3rem\"") +
          lead);
    else
      header += lead;
    const std::string prefix = several ? "set" + std::to_string(i + 1) + "-" : "";
    for (const PageSection& section : setSections(set, home, prefix)) page.add(section);
  }
  page.add(openSection(comparison));
  page.add(configsSection(comparison));
  page.add(environmentSection(comparison));
  page.add(limitsSection(comparison));
  return page.html("Runs on the " + comparison.split + " split", header);
}

}  // namespace fer::report
