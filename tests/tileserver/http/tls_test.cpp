// TLS by OpenSSL's own client and with certificates that OpenSSL's own program makes.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "geo/core/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/tileserver/http/running_server.hpp"

using namespace geoprio;
using namespace geoprio::http;
using geoprio::testing::Client;
using geoprio::testing::RunningServer;
using namespace std::chrono_literals;

namespace {

void run(const std::string& command) {
  INFO(command);
  REQUIRE(std::system((command + " 2>/dev/null").c_str()) == 0);
}

/// A self-signed certificate and its key in a folder of their own.
class Pair {
 public:
  explicit Pair(const std::string& name = "tls") : folder_(name) { make(files_.certificate, files_.key); }
  [[nodiscard]] const TlsFiles& files() const { return files_; }
  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }
  static void make(const std::filesystem::path& certificate, const std::filesystem::path& key) {
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -out " +
        certificate.string() + " -keyout " + key.string());
  }

 private:
  tests::ScratchFolder folder_;
  TlsFiles files_{folder_.path() / "certificate.pem", folder_.path() / "key.pem"};
};

std::string reason_to_refuse(const TlsFiles& files) {
  try {
    require_usable(files);
  } catch (const Error& error) {
    return error.text().english;
  }
  return "(none)";
}

/// Says `here` to everything.
Handler here() {
  return testing::at_once([](const service::Request& request) {
    service::Response response;
    response.body = service::Body::of(request.secure ? "here, over TLS" : "here");
    return response;
  });
}

ServerOptions over_tls(const TlsFiles& files) {
  auto options = testing::on_any_port();
  options.tls = files;
  return options;
}

/// What OpenSSL's client gets that sends `text` and reads until the server closes.
std::string said_to(const RunningServer& running, const std::string& text, const std::string& words = "") {
  const auto command = "printf '" + text + "' | openssl s_client -connect 127.0.0.1:" + std::to_string(running.port()) +
                       " -quiet " + words + " 2>/dev/null";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string said;
  char bytes[4096];
  for (std::size_t got = 0; (got = std::fread(bytes, 1, sizeof bytes, pipe)) > 0;) said.append(bytes, got);
  ::pclose(pipe);
  return said;
}

const std::string a_request = "GET / HTTP/1.1\\r\\nHost: here\\r\\nConnection: close\\r\\n\\r\\n";

}  // namespace

TEST_CASE("over TLS a request is answered, and the service knows that it was", "[tls]") {
  const Pair pair;
  const RunningServer running(here(), over_tls(pair.files()));
  for (const std::string version : {"-tls1_2", "-tls1_3"}) {
    INFO(version);
    const auto said = said_to(running, a_request, version);
    CHECK(said.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(said.ends_with("here, over TLS"));
  }
}

TEST_CASE("TLS before 1.2 is refused", "[tls]") {
  const Pair pair;
  const RunningServer running(here(), over_tls(pair.files()));
  CHECK(said_to(running, a_request, "-tls1_1 -cipher DEFAULT@SECLEVEL=0").empty());
}

TEST_CASE("HTTP/1.1 is chosen inside TLS, and a client that wants another protocol alone is refused", "[tls]") {
  const Pair pair;
  const RunningServer running(here(), over_tls(pair.files()));
  CHECK(said_to(running, a_request, "-alpn h2,http/1.1").ends_with("here, over TLS"));
  CHECK(said_to(running, a_request, "-alpn h2").empty());
}

TEST_CASE("a client that speaks HTTP without TLS is told what to write", "[tls]") {
  const Pair pair;
  const RunningServer running(here(), over_tls(pair.files()));
  Client client(running.port());
  client.get("/");
  const auto answer = client.receive();
  CHECK(answer.status == 400);
  CHECK(answer.body.find("https://") != std::string::npos);
  CHECK(client.closed());
}

TEST_CASE("the limits hold over TLS: headers, a request's time, a handshake's", "[tls]") {
  const Pair pair;
  // In its own time, lest the deadline be what a busy machine meets first.
  const RunningServer patient(here(), over_tls(pair.files()));
  CHECK(said_to(patient, "GET / HTTP/1.1\\r\\nHost: here\\r\\nX-Long: " + std::string(9000, 'x') + "\\r\\n\\r\\n")
            .starts_with("HTTP/1.1 431 "));
  auto options = over_tls(pair.files());
  options.request = 300ms;
  const RunningServer running(here(), options);
  CHECK(said_to(running, "GET / HTTP/1.1\\r\\nHost: he").starts_with("HTTP/1.1 408 "));
  Client silent(running.port());
  CHECK(silent.closed());
  Client unfinished(running.port());
  unfinished.send(std::string("\x16\x03\x01\x02\x00\x01", 6));  // RFC 8446 §5.1: the first bytes of a handshake
  CHECK(unfinished.closed());
}

TEST_CASE("what cannot serve TLS is refused with the file and what to do", "[tls]") {
  const Pair pair, other("other-tls");
  CHECK(reason_to_refuse(pair.files()) == "(none)");
  const TlsFiles absent{pair.file("absent.pem"), pair.files().key};
  CHECK(reason_to_refuse(absent).find("absent.pem: cannot be read (No such file") != std::string::npos);
  const TlsFiles folder{pair.files().certificate, pair.files().key.parent_path()};
  CHECK(reason_to_refuse(folder).find("cannot be read") != std::string::npos);
  const TlsFiles swapped{pair.files().key, pair.files().certificate};
  CHECK(reason_to_refuse(swapped).find("no PEM certificate") != std::string::npos);
  const TlsFiles twice{pair.files().certificate, pair.files().certificate};
  CHECK(reason_to_refuse(twice).find("no PEM private key") != std::string::npos);
  const TlsFiles mixed{pair.files().certificate, other.files().key};
  CHECK(reason_to_refuse(mixed).find("is not the key of") != std::string::npos);
  run("openssl pkey -aes128 -passout pass:secret -in " + pair.files().key.string() + " -out " +
      pair.file("locked.pem").string());
  const TlsFiles locked{pair.files().certificate, pair.file("locked.pem")};
  CHECK(reason_to_refuse(locked).find("without a passphrase") != std::string::npos);
  run("openssl genrsa -out " + pair.file("rsa.pem").string() + " 2048");
  const TlsFiles of_another_kind{pair.files().certificate, pair.file("rsa.pem")};
  CHECK(reason_to_refuse(of_another_kind).find("is not the key of") != std::string::npos);
}
