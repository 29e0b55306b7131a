#include "fer/report/page/run_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "support/golden.hpp"

namespace fer::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

RunPage runningPage() {
  RunPage page;
  page.run = "vgg_block-2";
  page.model = "vgg_block";
  page.epochs = 50;
  for (int epoch = 0; epoch < 12; ++epoch) {
    page.history.epochs.push_back(epoch);
    page.history.loss.train.push_back(0.5 + 1.4 / (1 + 0.1 * epoch));
    page.history.loss.validation.push_back(0.9 + 0.9 / (1 + 0.2 * epoch));
    page.history.accuracy.train.push_back(0.85 - 0.6 / (1 + 0.08 * epoch));
    page.history.accuracy.validation.push_back(epoch == 8 ? 0.625 : 0.6 - 0.35 / (1 + 0.15 * epoch));
    page.lr.push_back(epoch < 10 ? 1e-3 : 1e-4);
    page.seconds.push_back(100 + epoch);
  }
  page.monitor = "val_accuracy";
  page.best = 8;
  page.config = "{\n  \"schema\": 2,\n  \"model\": {\"name\": \"vgg_block\"}\n}\n";
  page.written = "2026-01-02 03:04:05 UTC";
  page.reload_seconds = 5;
  return page;
}

TEST(RunPage, ShowsATrainingUnderWay) {
  test::expectGolden(runPage(runningPage()), "report/run_page.html");
}

TEST(RunPage, ReloadsOnlyWhenAsked) {
  RunPage page = runningPage();
  EXPECT_THAT(runPage(page), HasSubstr("http-equiv=\"refresh\" content=\"5\""));
  page.reload_seconds = 0;
  page.ending = "stopped by early stopping";
  EXPECT_THAT(runPage(page), AllOf(Not(HasSubstr("http-equiv")), Not(HasSubstr("<progress")),
                                   HasSubstr("12 of 50 epochs, stopped by early stopping")));
}

// The last five epochs took 107 to 111 s: 38 more take 109 s each.
TEST(RunPage, ForecastsFromTheLastEpochs) {
  EXPECT_THAT(runPage(runningPage()), HasSubstr("12 of 50 epochs, at most 1:09:02 to go"));
}

TEST(RunPage, BeforeTheFirstEpochAndWithoutValidationIsAPageToo) {
  RunPage page;
  page.run = "a<b>";
  page.model = "m & n";
  page.epochs = 3;
  EXPECT_THAT(runPage(page), AllOf(HasSubstr("<h1>a&lt;b&gt;</h1>"), HasSubstr("m &amp; n"), Not(HasSubstr("a<b>")),
                                   HasSubstr("0 of 3 epochs, in the first one"), Not(HasSubstr("<svg"))));
  const double none = std::numeric_limits<double>::quiet_NaN();
  page.history = {{0}, {{1.5}, {none}}, {{0.25}, {none}}};
  page.lr = {0.001};
  page.seconds = {10};
  EXPECT_THAT(runPage(page), AllOf(HasSubstr("<td>1.5000</td><td>–</td>"), Not(HasSubstr("nan")), HasSubstr("<svg")));
}

TEST(RunPage, IsPrintedLightAndWithItsConfig) {
  const std::string page = runPage(runningPage());
  EXPECT_THAT(page, AllOf(HasSubstr("@media screen and (prefers-color-scheme: dark)"),
                          HasSubstr("@media print { details::details-content { content-visibility: visible; } }"),
                          HasSubstr("<details><summary>Config"), HasSubstr("<thead><tr><th>epoch")));
}

// Nothing is fetched, and nothing runs.
TEST(RunPage, IsSelfContained) {
  const std::string page = runPage(runningPage());
  for (const char* word : {"src=", "href=", "url(", "<script", "@import"}) EXPECT_THAT(page, Not(HasSubstr(word)));
  EXPECT_THAT(page, HasSubstr("  &quot;schema&quot;: 2,\n  &quot;model"));
}

}  // namespace
}  // namespace fer::report
