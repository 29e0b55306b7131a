#include "data/ferplus/read.hpp"
#include "fer/core/error.hpp"
#include "fuzz/driver.hpp"
#include "support/csv_text.hpp"

namespace fer {
namespace {

/// Whatever is read can be judged, and what a judgement keeps is a distribution.
void checkVotes(const data::Votes& votes) {
  for (const bool majority : {true, false})
    for (const bool contempt : {true, false}) {
      const data::Judgement judgement = data::judge(votes, majority, contempt);
      if (judgement.verdict != data::Verdict::kKept) continue;
      double sum = 0;
      for (const double share : judgement.shares) sum += share;
      fuzz::require(sum > 0.999 && sum < 1.001, "shares that do not sum to 1");
      fuzz::require(judgement.shares[judgement.strongest] > 0, "a strongest emotion without a share");
    }
}

void readAny(const std::string& text) {
  try {
    const data::FerPlusVotes rows = data::ferplus::read(tests::sourceOf(text), "x.csv");
    fuzz::require(!rows.votes.empty() && rows.votes.size() == rows.parts.size(), "columns that differ in length");
    for (const data::Votes& votes : rows.votes) checkVotes(votes);
  } catch (const Error& error) {
    fuzz::require(error.fault() == Fault::kData, "an error that is not of the data");
  }
}

}  // namespace
}  // namespace fer

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  fer::readAny(std::string(reinterpret_cast<const char*>(bytes), size));
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  const std::string header =
      "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF\n";
  return {
      header + "Training,a.png,4,0,0,1,3,2,0,0,0,0\nPublicTest,,0,0,0,0,0,0,0,0,0,10\n",
      header + "PrivateTest,\"a\",2,2,2,2,2,0,0,0,0,0\r\n\r\nTraining,b,1,1,1,1,1,1,1,1,1,1\r\n",
      "\xEF\xBB\xBFNF,fear, Neutral ,happiness,surprise,sadness,anger,disgust,contempt,unknown,usage\n"
      "1,2,3,0,0,0,0,5,6,4,Training\n",
      header,
  };
}
