// Any text either gives a dataset or an Error (bad data) with the file's name, and the same one for any number of
// threads and any size of blocks.
#include <string>

#include "fer/data/csv/fer_csv.hpp"
#include "fuzz/driver.hpp"
#include "support/csv_text.hpp"

namespace {

using namespace fer;

/// The dataset's columns or the error's message, as one text to compare.
std::string outcome(const std::string& text, const data::CsvFormat& format, const data::csv::StreamOptions& options) {
  try {
    const data::Dataset dataset = tests::readText(text, format, options);
    fuzz::require(dataset.size() > 0, "a dataset without rows");
    std::string result = "dataset\n";
    for (std::uint32_t row = 0; row < dataset.size(); ++row) {
      fuzz::require(dataset.rowId(row) == row, "row ids do not count the rows");
      fuzz::require(dataset.part(row) != data::kNoPart || !format.usage_required, "a row without usage");
      result += std::to_string(dataset.label(row)) + dataset.partName(row) + ":";
      for (const std::uint8_t pixel : dataset.pixels(row)) result += std::to_string(pixel) + " ";
    }
    return result;
  } catch (const Error& error) {
    fuzz::require(error.fault() == Fault::kData, "an error that is not of the data");
    return error.what();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  const data::CsvFormat labelled{{1, 1, 3}, {"a", "b", "c"}};
  const data::CsvFormat without_usage{labelled.shape, labelled.classes, false};
  const data::CsvFormat pixels_alone{labelled.shape, labelled.classes, false, false};
  for (const data::CsvFormat& format : {labelled, without_usage, pixels_alone}) {
    const std::string once = outcome(text, format, {1, 4096, 0});
    fuzz::require(once.starts_with("dataset\n") || once.starts_with("x.csv:"),
                  "an error without the file's name: " + once);
    const std::string again = outcome(text, format, {3, 16, size});
    fuzz::require(once == again, "threads change the outcome: " + once + "\n" + again);
  }
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  std::string many = "emotion,pixels,Usage\n";
  for (int i = 0; i < 40; ++i) many += std::to_string(i % 3) + ",1 22 255,Training\n";
  return {
      "emotion,pixels,Usage\n2,7 80 255,Training\n0,1 2 3,PublicTest\n1,100 0 9,PrivateTest\n",
      std::string("\xEF\xBB\xBF") + "emotion,pixels\r\n0,255 255 255\r\n1,0 0 0\r\n",
      "\"emotion\",\"pixels\",\"Usage\"\n\"2\",\"7 80 255\",\"Training\"\n\"0\",\"1 2 3\",\"PublicTest\"\n",
      "id, Usage, pixels,note,EMOTION\n1,Training, 1  2\t3 ,\"a, \"\"b\"\"\",2\n2,PrivateTest,4 5 6,,0\n\n \n",
      many,
      "emotion,pixels,Usage\r\r\n2,7 80 255,Training\r\r\n,,\r\r\n\r\r\n,,\r\r\n",
      "emotion,pixels,Usage\ra,7 80 255,Training\r,,\rB,1 2 3,PublicTest\r",
      "pixels\n7 80 255\n0 2 3\n",
      std::string("e\0m\0o\0t\0", 8),
  };
}
