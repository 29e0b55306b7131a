#include "fer/data/preprocess.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "fer/core/error.hpp"
#include "support/error_of.hpp"

namespace fer::data {
namespace {

using test::errorOf;
using testing::HasSubstr;

constexpr Preprocess kOwn{{3, 64, 56}, 0.125, 0.5};

TEST(PreprocessValue, SurvivesItsText) {
  const nlohmann::json text = preprocessJson(kOwn);
  EXPECT_EQ(preprocessFrom({text, "m", ""}), kOwn);
}

TEST(PreprocessValue, RefusesWhatItCannotMean) {
  nlohmann::json text = preprocessJson(kOwn);
  text["margin"] = 2.5;
  EXPECT_THAT(errorOf(Fault::kData,
                      [&] {
                        preprocessFrom({text, "m", ""});
                      }),
              HasSubstr("m: margin: expected a number"));
  text = preprocessJson(kOwn);
  text.erase("height");
  EXPECT_THAT(errorOf(Fault::kData, [&] { preprocessFrom({text, "m", ""}); }), HasSubstr("height: missing"));
}

TEST(PreprocessValue, NamesTheKeyThatDiffers) {
  const struct {
    Preprocess given;
    const char* message;
  } cases[] = {
      {kOwn, "no error"},
      {{{1, 64, 56}, 0.125, 0.5}, "x.csv: data.channels: 1, but the model was made with 3. Set it to 3, or"},
      {{{3, 48, 56}, 0.125, 0.5}, "x.csv: data.height: 48, but the model was made with 64."},
      {{{3, 64, 48}, 0.125, 0.5}, "x.csv: data.width: 48, but the model was made with 56."},
      {{{3, 64, 56}, 0.25, 0.5}, "x.csv: preprocess.margin: 0.25, but the model was made with 0.125."},
      {{{3, 64, 56}, 0.125, 1}, "x.csv: preprocess.rescale: 1.0, but the model was made with 0.5."},
  };
  for (const auto& one : cases)
    EXPECT_THAT(errorOf(Fault::kData, [&] { requireSame(kOwn, one.given, "x.csv"); }), HasSubstr(one.message));
}

}  // namespace
}  // namespace fer::data
