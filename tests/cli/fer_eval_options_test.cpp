#include "fer_eval_options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/error.hpp"

namespace fer::tools {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

app::EvalRequest read(std::vector<std::string> words) {
  words.insert(words.begin(), "fer-eval");
  std::vector<const char*> argv;
  argv.reserve(words.size());
  for (const std::string& word : words) argv.push_back(word.c_str());
  cxxopts::Options options("fer-eval");
  addEvalOptions(options);
  return readEvalRequest(options.parse(static_cast<int>(argv.size()), argv.data()));
}

TEST(EvalRequest, NamesTheFolderAndTheWayOfReading) {
  const app::EvalRequest plain = read({"--run", "a"});
  EXPECT_EQ(plain.evaluationName(plain.split), "test");
  EXPECT_EQ(plain.how(), "plain");
  EXPECT_EQ(plain.checkpoint, "best");
  const app::EvalRequest more = read({"--run", "a", "--split", "validation", "--tta", "flip", "--calibrate",
                                      "--ceiling", "--cost", "--robustness", "--robustness-rows", "9"});
  EXPECT_EQ(more.evaluationName(more.split), "validation-flip");
  EXPECT_EQ(more.how(), "tta flip, calibrate, ceiling, robustness, cost");
  EXPECT_EQ(more.robustness_rows, 9U);
}

TEST(EvalRequest, MembersFollowTheWordEnsembleInTheirOrder) {
  const app::EvalRequest request =
      read({"--ensemble", "a", "b,1", "c", "--out", "d", "--ensemble-weights", "validation"});
  EXPECT_THAT(request.ensemble, ElementsAre("a", "b,1", "c"));
  EXPECT_EQ(request.out, "d");
  EXPECT_EQ(request.weighting, "validation");
  EXPECT_THAT(read({"--out", "d", "--tta", "flip", "--ensemble", "a", "b"}).ensemble, ElementsAre("a", "b"));
}

TEST(EvalRequest, RefusesWhatContradictsItself) {
  const struct {
    std::vector<std::string> words;
    const char* message;
  } cases[] = {
      {{}, "give --run RUN, --ensemble RUN RUN ... --out DIR, or --model FILE.onnx --out DIR"},
      {{"one"}, "unexpected argument \"one\": give --run RUN"},
      {{"--run", "one", "two"}, "--run evaluates one run and --ensemble several"},
      {{"--run", "one", "--ensemble", "one", "two", "--out", "x"}, "give one of them"},
      {{"--ensemble", "one", "two"}, "--ensemble needs --out DIR"},
      {{"--ensemble", "one", "--out", "x"}, "--ensemble needs two runs at least"},
      {{"--ensemble", "one", "./one", "--out", "x"}, "./one is named twice"},
      {{"--run", "one", "--out", "x"}, "--out is the folder of an ensemble"},
      {{"--out", "x"}, "--out is the folder of an ensemble"},
      {{"--run", "one", "--ensemble-weights", "validation"}, "give --ensemble as well"},
      {{"--ensemble", "one", "two", "--out", "x", "--ensemble-weights", "test"}, "expected one of equal, validation"},
      {{"--run", "one", "--threads=-1"}, "--threads: expected a whole number >= 0 and <= 1024, found -1"},
      {{"--run", "one", "--threads=99999"}, "--threads: expected"},
      {{"--run", "one", "--robustness-rows", "5"}, "give --robustness as well"},
      {{"--run", "one", "--tta", "rotate"}, "--tta: expected one of none, flip, tencrop"},
  };
  for (const auto& c : cases) {
    try {
      read(c.words);
      ADD_FAILURE() << c.message;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kUsage);
      EXPECT_THAT(error.what(), HasSubstr(c.message));
    }
  }
  EXPECT_THROW(read({"--run", "one", "--robustness", "--robustness-rows", "-5"}), cxxopts::exceptions::exception);
}

}  // namespace
}  // namespace fer::tools
