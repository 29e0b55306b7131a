#include "serve/http/multipart.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/error_of.hpp"

namespace fer::serve {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

std::string fieldOf(const std::string& body, std::size_t piece, const std::string& name = "image") {
  std::string content;
  MultipartReader reader("XyZ", name, [&](std::string_view bytes) { content += bytes; });
  for (std::size_t at = 0; at < body.size(); at += piece) reader.feed(std::string_view(body).substr(at, piece));
  reader.end();
  return content;
}

const std::string kDisposition = "Content-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n";

TEST(Multipart, GivesAFieldHoweverTheBodyIsCut) {
  const struct {
    std::string body;
    std::string content;
  } cases[] = {
      {"--XyZ\r\n" + kDisposition + "Content-Type: image/jpeg\r\n\r\nPICTURE\r\n--XyZ--\r\n", "PICTURE"},
      {"--XyZ\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--XyZ\r\n" + kDisposition + "\r\nP\r\n--XyZ--",
       "P"},
      {"preamble\r\n--XyZ  \r\n" + kDisposition + "\r\n\r\n--Xy\r\n\r\n--XyZ--epilogue", "\r\n--Xy\r\n"},
      {"--XyZ\r\n" + kDisposition + "\r\n\r\n--XyZ--\r\n", ""},
      {"--XyZ\r\ncontent-disposition: form-data; filename=name=other; name=image\r\n\r\nA\r\nB\r\n--XyZ--", "A\r\nB"},
      {"--XyZ\r\n" + kDisposition + "\r\nfirst\r\n--XyZ\r\n" + kDisposition + "\r\nsecond\r\n--XyZ--", "first"},
      {"--XyZ\r\n\r\nno headers\r\n--XyZ\r\n" + kDisposition + "\r\nP\r\n--XyZ--", "P"},
  };
  for (const auto& c : cases)
    for (std::size_t piece = 1; piece <= c.body.size(); ++piece)
      EXPECT_EQ(fieldOf(c.body, piece), c.content) << c.body << piece;
}

TEST(Multipart, RefusesWhatIsBroken) {
  const struct {
    std::string body;
    const char* message;
  } cases[] = {
      {"", "ends early"},
      {"--XyZ\r\n" + kDisposition + "\r\nPICTURE", "ends early"},
      {"--XyZ--", "has no field \"image\""},
      {"--XyZ\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n1\r\n--XyZ--", "has no field \"image\""},
      {"--XyZ junk\r\n\r\n", "broken boundary"},
      {"--XyZ\r\nno colon\r\n\r\n1\r\n--XyZ--", "broken header"},
      {"--XyZ\r\nA: " + std::string(9000, 'x') + "\r\n\r\n1\r\n--XyZ--", "over 8192 bytes"},
  };
  for (const auto& c : cases)
    for (const std::size_t piece : {std::size_t{1}, std::size_t{100000}})
      EXPECT_THAT(test::errorOf(Fault::kData, [&] { fieldOf(c.body, piece); }), HasSubstr(c.message));
  std::string many;
  for (int i = 0; i < 40; ++i) many += "--XyZ\r\n\r\n1\r\n";
  EXPECT_THAT(test::errorOf(Fault::kData, [&] { fieldOf(many, 100); }), HasSubstr("over 32 fields"));
}

TEST(Multipart, ReadsTheBoundary) {
  EXPECT_THAT(multipartBoundary("multipart/form-data; boundary=abc"), Optional(std::string("abc")));
  EXPECT_THAT(multipartBoundary("Multipart/Form-Data; charset=x; Boundary=\"a b\""), Optional(std::string("a b")));
  for (const char* type : {"multipart/form-data", "multipart/form-data; boundary=", "image/jpeg; boundary=x",
                           "multipart/form-data; boundary=\"a", "multipart/form-data; boundary=\"a\r\nb\""})
    EXPECT_FALSE(multipartBoundary(type)) << type;
  EXPECT_FALSE(multipartBoundary("multipart/form-data; boundary=" + std::string(71, 'x')));
}

}  // namespace
}  // namespace fer::serve
