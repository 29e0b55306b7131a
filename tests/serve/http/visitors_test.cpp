#include "serve/http/visitors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "serve/http/metrics.hpp"

namespace fer::serve {
namespace {

TEST(Visitors, TellsHosts) {
  const char* const cases[][2] = {
      {"Example.org:80", "example.org"}, {"127.0.0.1:8080", "127.0.0.1"}, {"[::1]:8080", "::1"}, {"[::1", ""}, {"", ""},
      {"localhost", "localhost"}};
  for (const auto& [authority, host] : cases) EXPECT_EQ(hostOf(authority), host);
}

TEST(Visitors, KnowsTheNamesThatItWasGivenAndNumbers) {
  const KnownHosts hosts({"Faces.example.org"});
  for (const char* known :
       {"faces.example.org", "FACES.example.org:443", "localhost:8080", "127.0.0.1", "10.0.0.7:80", "[::1]:80"})
    EXPECT_TRUE(hosts.knows(known)) << known;
  for (const char* unknown : {"", "example.org", "127.0.0.1.evil.example", "localhost.evil.example", "2130706433"})
    EXPECT_FALSE(hosts.knows(unknown)) << unknown;
}

TEST(Visitors, TakesOwnPagesAlone) {
  EXPECT_TRUE(isOwnOrigin("", "localhost:80"));
  EXPECT_TRUE(isOwnOrigin("https://a.b", "a.b"));
  for (const char* foreign : {"http://evil", "null", "http://localhost:8", "localhost:80"})
    EXPECT_FALSE(isOwnOrigin(foreign, "localhost:80")) << foreign;
}

TEST(Visitors, ComparesWhole) {
  EXPECT_TRUE(equalInConstantTime("abc", "abc"));
  for (const char* other : {"", "abd", "ab", "abcd", "xbc"}) EXPECT_FALSE(equalInConstantTime(other, "abc")) << other;
}

TEST(RequestRates, AllowsABurstAndThenSoMuchASecond) {
  RequestRates rates(2);
  const RequestRates::Clock::time_point start{};
  for (int i = 0; i < 4; ++i) EXPECT_EQ(rates.take("a", start), 0);
  EXPECT_DOUBLE_EQ(rates.take("a", start), 0.5);
  EXPECT_EQ(rates.take("b", start), 0) << "another client has its own";
  EXPECT_EQ(rates.take("a", start + std::chrono::milliseconds(500)), 0);
  EXPECT_GT(rates.take("a", start + std::chrono::milliseconds(500)), 0);
  RequestRates any(0);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(any.take("a", start), 0);
}

TEST(RequestRates, ForgetsClientsThatWentAway) {
  RequestRates rates(1);
  const RequestRates::Clock::time_point start{};
  for (int i = 0; i < 30'000; ++i) rates.take(std::to_string(i), start + std::chrono::seconds(i));
  EXPECT_EQ(rates.take("new", start + std::chrono::seconds(30'000)), 0);
}

TEST(Metrics, AreInPrometheusText) {
  Metrics metrics;
  metrics.countRequest("/v1/analyze", 200);
  metrics.countRequest("/v1/analyze", 200);
  metrics.addLatency("fer_request_seconds", 0.02);
  metrics.addLatency("fer_request_seconds", 100);
  metrics.add("fer_faces_total", 3);
  metrics.set("fer_connections", 7);
  const std::string text = metrics.text();
  for (const char* line :
       {"fer_requests_total{route=\"/v1/analyze\",status=\"200\"} 2\n", "fer_request_seconds_bucket{le=\"0.01\"} 0\n",
        "fer_request_seconds_bucket{le=\"0.025\"} 1\n", "fer_request_seconds_bucket{le=\"10\"} 1\n",
        "fer_request_seconds_bucket{le=\"+Inf\"} 2\n", "fer_request_seconds_sum 100.02\n", "fer_faces_total 3\n",
        "# TYPE fer_connections gauge\nfer_connections 7\n"})
    EXPECT_THAT(text, ::testing::HasSubstr(line));
}

}  // namespace
}  // namespace fer::serve
