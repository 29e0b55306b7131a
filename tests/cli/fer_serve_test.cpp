#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "fer/core/files/files.hpp"
#include "fer/image/encode.hpp"
#include "support/drawn_video.hpp"
#include "support/http_client.hpp"
#include "support/run_command.hpp"
#include "support/temp_folder.hpp"

namespace fer::test {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using Json = nlohmann::json;

/// fer-serve on a port of its own.
class RunningServer {
 public:
  explicit RunningServer(std::vector<std::string> arguments = {}) {
    const std::filesystem::path url = folder_ / "url";
    writeFile(url, "");
    arguments.insert(arguments.end(), {"--port", "0", "--detector", "haar", "--threads", "2"});
    CommandSetup setup;
    setup.stdout_to = url;
    command_.emplace("fer-serve", arguments, setup);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::string said;
    while (said.find('\n') == std::string::npos && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      said = readFile(url, Fault::kOther);
    }
    port_ = std::stoi(said.substr(said.rfind(':') + 1));
    while (ask("GET", "/readyz").status != 200 && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }

  int port() const { return port_; }
  HttpReply ask(const std::string& method, const std::string& path, const HttpHeaders& headers = {},
                const std::string& body = "") const {
    return HttpClient(port_).ask(method, path, headers, body);
  }
  CommandResult end() {
    command_->send(SIGTERM);
    return command_->wait();
  }

 private:
  TempFolder folder_;
  std::optional<RunningCommand> command_;
  int port_ = 0;
};

std::string twoFaces() {
  return image::jpeg(drawnFrame({}, 0));
}

void expectProblem(const HttpReply& reply, int status) {
  EXPECT_EQ(reply.status, status) << reply.body;
  ASSERT_EQ(reply.headers.at("content-type"), "application/problem+json") << reply.body;
  const Json problem = Json::parse(reply.body);
  EXPECT_EQ(problem.at("status"), status);
  EXPECT_FALSE(problem.at("title").get<std::string>().empty());
  EXPECT_THAT(problem.at("detail").get<std::string>(),
              ::testing::Not(AnyOf(HasSubstr(" /"), HasSubstr("/usr"), HasSubstr("/tmp"))));
}

class FerServe : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::make_unique<RunningServer>(); }
  static void TearDownTestSuite() {
    const CommandResult end = server_->end();
    EXPECT_EQ(end.code, 0) << end.err;
    EXPECT_EQ(end.err, "");
    server_.reset();
  }
  static std::unique_ptr<RunningServer> server_;
};
std::unique_ptr<RunningServer> FerServe::server_;

TEST_F(FerServe, SaysWhatAPictureShows) {
  const HttpReply reply = server_->ask("POST", "/v1/analyze", {{"Content-Type", "image/jpeg"}}, twoFaces());
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Json found = Json::parse(reply.body);
  EXPECT_EQ(found.at("image"), (Json{{"width", 320}, {"height", 240}}));
  ASSERT_EQ(found.at("faces").size(), 2U);
  double sum = 0;
  for (const auto& [name, share] : found.at("faces")[0].at("probabilities").items()) sum += share.get<double>();
  EXPECT_NEAR(sum, 1, 1e-5);
  EXPECT_TRUE(found.at("faces")[0].contains("dominant_emotion"));
  EXPECT_EQ(reply.headers.at("cache-control"), "no-store");
}

TEST_F(FerServe, TakesAFormToo) {
  const std::string form = "--B\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n" +
                           twoFaces() + "\r\n--B--\r\n";
  const HttpReply reply =
      server_->ask("POST", "/v1/analyze", {{"Content-Type", "multipart/form-data; boundary=B"}}, form);
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(Json::parse(reply.body).at("faces").size(), 2U);
}

TEST_F(FerServe, FindsNoFaceWhereThereIsNone) {
  const HttpReply reply =
      server_->ask("POST", "/v1/analyze", {}, image::png(cv::Mat(100, 100, CV_8UC1, cv::Scalar(9))));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(Json::parse(reply.body).at("faces"), Json::array());
}

TEST_F(FerServe, RefusesWhatItCannotTakeAsProblems) {
  expectProblem(server_->ask("POST", "/v1/analyze", {}, "no picture"), 422);
  expectProblem(server_->ask("POST", "/v1/analyze", {}, twoFaces().substr(0, 2000)), 422);
  expectProblem(server_->ask("POST", "/v1/analyze"), 400);
  expectProblem(server_->ask("POST", "/v1/analyze", {{"Content-Type", "multipart/form-data; boundary=B"}}, "--B\r\n"),
                400);
  expectProblem(server_->ask("POST", "/v1/analyze", {{"Content-Length", "99999999999"}}), 413);
  expectProblem(server_->ask("GET", "/v1/analyze"), 405);
  expectProblem(server_->ask("DELETE", "/"), 405);
  expectProblem(server_->ask("GET", "/etc/passwd"), 404);
  expectProblem(server_->ask("GET", "/../../etc/passwd"), 404);
  expectProblem(server_->ask("GET", "/v1/video/none"), 404);
  expectProblem(server_->ask("GET", "/v1/video/../rows.csv"), 404);
  expectProblem(server_->ask("PUT", "/v1/streams/none"), 404);
  expectProblem(server_->ask("GET", "/v1/live"), 400);
}

TEST_F(FerServe, RefusesOtherNamesAndOtherPages) {
  expectProblem(server_->ask("GET", "/v1/model", {{"Host", "evil.example"}}), 421);
  expectProblem(server_->ask("GET", "/", {{"Host", "evil.example:8080"}}), 421);
  expectProblem(server_->ask("POST", "/v1/analyze", {{"Origin", "http://evil.example"}}, twoFaces()), 403);
  const std::string own = "localhost:" + std::to_string(server_->port());
  EXPECT_EQ(server_->ask("POST", "/v1/analyze", {{"Host", own}, {"Origin", "http://" + own}}, twoFaces()).status, 200);
}

TEST_F(FerServe, ServesItsPageWithAPolicy) {
  const HttpReply page = server_->ask("GET", "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.headers.at("content-security-policy"), HasSubstr("default-src 'none'"));
  EXPECT_EQ(server_->ask("GET", "/", {{"If-None-Match", page.headers.at("etag")}}).status, 304);
  const HttpReply head = HttpClient(server_->port()).ask("HEAD", "/");
  EXPECT_EQ(head.headers.at("content-length"), std::to_string(page.body.size()));
}

/// Whether a value has what a schema of the API's file requires, and each of the types that it names.
void expectFits(const Json& value, const Json& schema, const Json& api, const std::string& where) {
  if (schema.contains("$ref")) {
    const std::string name = schema.at("$ref").get<std::string>();
    return expectFits(value, api.at("components").at("schemas").at(name.substr(name.rfind('/') + 1)), api, where);
  }
  for (const Json& part : schema.value("allOf", Json::array())) expectFits(value, part, api, where);
  for (const Json& key : schema.value("required", Json::array()))
    EXPECT_TRUE(value.contains(key.get<std::string>())) << where << " has no " << key;
  const std::map<std::string, bool> types{{"object", value.is_object()},          {"array", value.is_array()},
                                          {"integer", value.is_number_integer()}, {"number", value.is_number()},
                                          {"string", value.is_string()},          {"boolean", value.is_boolean()}};
  const Json type = schema.value("type", Json());
  if (type.is_string()) {
    EXPECT_TRUE(types.at(type.get<std::string>())) << where << " is no " << type;
  }
  const Json properties = schema.value("properties", Json::object());
  for (const auto& [key, part] : properties.items())
    if (value.is_object() && value.contains(key)) expectFits(value.at(key), part, api, where + "." + key);
  if (value.is_array() && schema.contains("items"))
    for (const Json& item : value) expectFits(item, schema.at("items"), api, where + "[]");
}

TEST_F(FerServe, AnswersAsItsApiFileSays) {
  const Json api = Json::parse(server_->ask("GET", "/openapi.json").body);
  EXPECT_EQ(api.at("openapi"), "3.1.0");
  const Json& schemas = api.at("components").at("schemas");
  const Json picture = Json::parse(server_->ask("POST", "/v1/analyze", {}, twoFaces()).body);
  expectFits(picture, schemas.at("Picture"), api, "Picture");
  expectFits(Json::parse(server_->ask("GET", "/v1/model").body), schemas.at("Model"), api, "Model");
  expectFits(Json::parse(server_->ask("GET", "/none").body), schemas.at("Problem"), api, "Problem");
  for (const auto& [path, methods] : api.at("paths").items()) {
    std::string asked = path;
    if (const std::size_t id = asked.find("{id}"); id != std::string::npos) asked.replace(id, 4, "none");
    for (const auto& [name, method] : methods.items()) {
      if (name == "parameters") continue;
      std::string verb = name;
      std::transform(verb.begin(), verb.end(), verb.begin(), ::toupper);
      const int status = server_->ask(verb, asked).status;
      EXPECT_TRUE(method.at("responses").contains(std::to_string(status)))
          << verb << " " << asked << " gives " << status;
    }
  }
}

TEST_F(FerServe, AnswersManyRequestsOnOneConnection) {
  HttpClient client(server_->port());
  for (int i = 0; i < 5; ++i) EXPECT_EQ(client.ask("GET", "/healthz").status, 200);
  EXPECT_EQ(client.ask("POST", "/v1/analyze", {}, twoFaces()).status, 200);
  EXPECT_EQ(client.ask("GET", "/v1/model").status, 200);
}

TEST_F(FerServe, ClosesOnWhatIsNoHttp) {
  for (const char* text : {"hello\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02\x01\r\n\r\n"}) {
    HttpClient client(server_->port());
    client.say(text);
    EXPECT_TRUE(client.isClosed()) << text;
  }
  HttpClient large(server_->port());
  large.say("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(20000, 'x') + "\r\n\r\n");
  EXPECT_THAT(large.reply().status, AnyOf(431, 0));
  EXPECT_EQ(server_->ask("GET", "/healthz").status, 200);
}

TEST_F(FerServe, CountsWhatItDoes) {
  server_->ask("POST", "/v1/analyze", {}, twoFaces());
  server_->ask("GET", "/one/of/many/paths");
  const std::string text = server_->ask("GET", "/metrics").body;
  for (const char* line : {"fer_requests_total{route=\"/v1/analyze\",status=\"200\"} ",
                           "fer_requests_total{route=\"other\",status=\"404\"} ",
                           "fer_request_seconds_bucket{le=\"+Inf\"} ", "fer_faces_total ", "fer_connections "})
    EXPECT_THAT(text, HasSubstr(line));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("one/of/many")));
}

HttpHeaders upgrade() {
  return {{"Connection", "Upgrade"},
          {"Upgrade", "websocket"},
          {"Sec-WebSocket-Version", "13"},
          {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
}

TEST_F(FerServe, FollowsTheFacesOfALiveSession) {
  HttpClient client(server_->port());
  ASSERT_EQ(client.ask("GET", "/v1/live", upgrade()).status, 101);
  const Json ready = Json::parse(client.frame().second);
  EXPECT_EQ(ready.at("type"), "ready");
  EXPECT_EQ(ready.at("credits"), 2);
  for (int i = 0; i < 5; ++i) {
    client.sayFrame(2, image::jpeg(drawnFrame({}, i)));
    const Json result = Json::parse(client.frame().second);
    ASSERT_EQ(result.at("type"), "result") << result;
    EXPECT_EQ(result.at("frame"), i);
    EXPECT_EQ(result.at("credits"), 1);
    ASSERT_EQ(result.at("faces").size(), 2U);
    EXPECT_EQ(result.at("faces")[0].at("track"), 1);
    EXPECT_TRUE(result.at("faces")[0].contains("smoothed_emotion"));
  }
}

TEST_F(FerServe, EndsALiveSessionThatMisbehaves) {
  const struct {
    int opcode;
    std::string payload;
    int times;
  } cases[] = {{1, "a text", 1}, {2, "no picture", 1}, {2, twoFaces(), 12}, {2, std::string(2'000'000, 'x'), 1}};
  for (const auto& c : cases) {
    HttpClient client(server_->port());
    ASSERT_EQ(client.ask("GET", "/v1/live", upgrade()).status, 101);
    for (int i = 0; i < c.times; ++i) client.sayFrame(c.opcode, c.payload);
    int opcode = 0;
    while ((opcode = client.frame().first) == 1) {
    }
    EXPECT_EQ(opcode, 8);
  }
  EXPECT_EQ(server_->ask("GET", "/healthz").status, 200);
}

TEST_F(FerServe, AnalysesAVideoAndForgetsIt) {
  const TempFolder folder;
  writeDrawnVideo(folder / "a.mp4", {});
  const HttpReply taken =
      server_->ask("POST", "/v1/video", {{"Content-Type", "video/mp4"}}, readFile(folder / "a.mp4", Fault::kOther));
  if (taken.status == 501) GTEST_SKIP() << "fer-live is not built";
  ASSERT_EQ(taken.status, 202) << taken.body;
  const std::string url = Json::parse(taken.body).at("url");
  Json job = Json::object();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  do {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    job = Json::parse(server_->ask("GET", url).body);
  } while (job.at("state") != "done" && job.at("state") != "failed" && std::chrono::steady_clock::now() < deadline);
  ASSERT_EQ(job.at("state"), "done") << job;
  EXPECT_EQ(job.at("frames"), 30);
  EXPECT_THAT(server_->ask("GET", url + "/rows.csv").body, ::testing::StartsWith("source,frame,time_s"));
  EXPECT_THAT(server_->ask("GET", url + "/timeline.html").body, HasSubstr("<!doctype html>"));
  EXPECT_EQ(server_->ask("DELETE", url).status, 204);
  expectProblem(server_->ask("GET", url), 404);
}

TEST_F(FerServe, SaysThatAVideoIsNone) {
  const HttpReply taken = server_->ask("POST", "/v1/video", {}, "no video");
  if (taken.status == 501) GTEST_SKIP() << "fer-live is not built";
  const std::string url = Json::parse(taken.body).at("url");
  Json job = Json::object();
  for (int i = 0; i < 400 && job.value("state", "") != "failed"; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    job = Json::parse(server_->ask("GET", url).body);
  }
  EXPECT_EQ(job.at("error"), "The file is no video, or it is damaged.");
}

TEST(FerServeOptions, AskForTheToken) {
  const TempFolder folder;
  writeFile(folder / "token", "secret\n");
  RunningServer server({"--token-file", (folder / "token").string()});
  expectProblem(server.ask("POST", "/v1/analyze", {}, twoFaces()), 401);
  expectProblem(server.ask("POST", "/v1/analyze", {{"Authorization", "Bearer secrex"}}, twoFaces()), 401);
  EXPECT_EQ(server.ask("POST", "/v1/analyze", {{"Authorization", "Bearer secret"}}, twoFaces()).status, 200);
  expectProblem(server.ask("GET", "/v1/live", upgrade()), 401);
  EXPECT_EQ(server.ask("GET", "/v1/live?access_token=secret", upgrade()).status, 101);
  EXPECT_EQ(server.ask("GET", "/healthz").status, 200);
  EXPECT_EQ(server.ask("GET", "/v1/model").status, 200);
}

TEST(FerServeOptions, LimitRatesConnectionsAndSizes) {
  RunningServer server({"--rate", "1", "--most-connections", "3", "--most-image", "1", "--most-live", "0"});
  EXPECT_EQ(server.ask("POST", "/v1/analyze", {}, twoFaces()).status, 200);
  EXPECT_EQ(server.ask("POST", "/v1/analyze", {}, twoFaces()).status, 200);
  const HttpReply fast = server.ask("POST", "/v1/analyze", {}, twoFaces());
  expectProblem(fast, 429);
  EXPECT_GE(std::stoi(fast.headers.at("retry-after")), 1);
  expectProblem(server.ask("GET", "/v1/live", upgrade()), 503);
  HttpClient one(server.port());
  HttpClient two(server.port());
  HttpClient three(server.port());
  for (HttpClient* client : {&one, &two, &three}) EXPECT_EQ(client->ask("GET", "/healthz").status, 200);
  EXPECT_EQ(HttpClient(server.port()).reply().status, 503);
}

TEST(FerServeOptions, NameStreamsThatMayBeStarted) {
  const TempFolder folder;
  writeDrawnVideo(folder / "a.mp4", {.frames = 20});
  writeFile(folder / "streams.json", "{\"desk\": \"" + (folder / "a.mp4").string() + "\"}");
  RunningServer server({"--streams", (folder / "streams.json").string()});
  EXPECT_EQ(Json::parse(server.ask("GET", "/v1/streams").body).at("streams")[0].at("state"), "stopped");
  const int started = server.ask("PUT", "/v1/streams/desk").status;
  if (started == 501) GTEST_SKIP() << "fer-live is not built";
  EXPECT_EQ(started, 204);
  Json stream = Json::object();
  for (int i = 0; i < 200 && stream.value("frame", 0) != 19; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stream = Json::parse(server.ask("GET", "/v1/streams").body).at("streams")[0];
  }
  EXPECT_EQ(stream.at("faces").size(), 2U) << stream;
  EXPECT_EQ(server.ask("DELETE", "/v1/streams/desk").status, 204);
  EXPECT_EQ(Json::parse(server.ask("GET", "/v1/streams").body).at("streams")[0].at("state"), "stopped");
}

TEST(FerServeOptions, EndInGoodOrder) {
  RunningServer server;
  HttpClient idle(server.port());
  EXPECT_EQ(idle.ask("GET", "/healthz").status, 200);
  HttpClient live(server.port());
  ASSERT_EQ(live.ask("GET", "/v1/live", upgrade()).status, 101);
  live.frame();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(server.end().code, 0);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(8));  // the client answers nothing
  EXPECT_EQ(live.frame().first, 8);
  EXPECT_TRUE(idle.isClosed());
}

TEST(FerServeOptions, RefuseWhatCannotBe) {
  const TempFolder folder;
  writeFile(folder / "bad.json", "{\"a b\": \"x\"}");
  const struct {
    std::vector<std::string> arguments;
    const char* message;
  } cases[] = {
      {{"--address", "somewhere"}, "expected a numeric address"},
      {{"--port", "70000"}, "--port: expected a whole number"},
      {{"--cert", "x.pem"}, "TLS needs a certificate and its key"},
      {{"--cert", (folder / "bad.json").string(), "--key", "x"}, "no certificate in PEM form"},
      {{"--streams", (folder / "bad.json").string()}, "letters, digits, - and _ alone"},
      {{"--token-file", (folder / "absent").string()}, "absent"},
      {{"--model", (folder / "absent.onnx").string()}, "absent.onnx"},
  };
  for (const auto& c : cases) {
    std::vector<std::string> arguments = c.arguments;
    arguments.insert(arguments.end(), {"--detector", "haar"});
    const CommandResult result = runCommand("fer-serve", arguments);
    EXPECT_THAT(result.code, AnyOf(2, 3)) << c.message;
    EXPECT_TRUE(isOneLine(result.err)) << result.err;
    EXPECT_THAT(result.err, HasSubstr(c.message));
  }
}

}  // namespace
}  // namespace fer::test
