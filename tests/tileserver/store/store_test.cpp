#include "tileserver/store/store.hpp"

#include <atomic>
#include <filesystem>
#include <future>
#include <latch>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tileserver/store/fault.hpp"

using namespace geoprio;
using namespace geoprio::store;
using tests::ScratchFolder;

namespace {

const domain::Date spring = *domain::Date::make(2026, 3, 14);

Remark remark(const std::string& text) {
  return {.edition = "2014", .theme = "santé", .text = text, .language = "fr", .quarter = "q1", .cell = {}};
}

class Place {
 public:
  explicit Place(const char* name) : folder_(name) {}
  [[nodiscard]] std::string file() const { return (folder_.path() / "store.gpkg").string(); }
  [[nodiscard]] std::size_t files() const { return folder_.file_count(); }

 private:
  ScratchFolder folder_;
};

/// Waits for the job; what was thrown comes out.
void done(Store& store, const Store::Job& job) {
  std::promise<std::exception_ptr> end;
  store.submit(job, [&](const std::exception_ptr& thrown) { end.set_value(thrown); });
  if (const auto thrown = end.get_future().get()) std::rethrow_exception(thrown);
}

std::size_t count(Store& store) {
  std::size_t number = 0;
  done(store, [&](Ledger& ledger) { number = ledger.count({}); });
  return number;
}

Store::Job adding(const std::string& text, const std::string& key) {
  return [=](Ledger& ledger) { static_cast<void>(ledger.add(remark(text), key, spring)); };
}

}  // namespace

TEST_CASE("until something is written there is no store, and it is empty", "[store]") {
  const Place place("store-empty");
  Store store({.location = place.file()}, nullptr);
  CHECK(count(store) == 0);
  CHECK_FALSE(std::filesystem::exists(place.file()));
}

TEST_CASE("what was acknowledged is in the file of the next server", "[store]") {
  const Place place("store-next");
  {
    Store store({.location = place.file(), .today = [] { return spring; }}, nullptr);
    done(store, adding("à garder", "k"));
  }
  Store store({.location = place.file(), .today = [] { return spring; }}, nullptr);
  std::vector<Contribution> found;
  done(store, [&](Ledger& ledger) { found = ledger.contributions({}); });
  REQUIRE(found.size() == 1);
  CHECK(found.front().remark.text == "à garder");
  CHECK(found.front().received == spring);
  CHECK(found.front().state == State::pending);
}

TEST_CASE("one failing job fails alone, and those beside it are written once", "[store]") {
  const Place place("store-batch");
  Store store({.location = place.file(), .today = [] { return spring; }}, nullptr);
  std::latch all(5);
  std::atomic<int> failed = 0;
  std::promise<void> begin;
  auto begun = begin.get_future().share();
  // Holds the thread until all others wait, so that they are one batch.
  store.submit([&](Ledger&) { begun.wait(); }, [](const std::exception_ptr&) {});
  for (int number = 0; number < 5; ++number)
    store.submit(
        [number](Ledger& ledger) {
          static_cast<void>(ledger.add(remark("texte"), std::to_string(number), spring));
          if (number == 2) throw StoreError(Fault::unavailable, {"essai", "trial"});
        },
        [&](const std::exception_ptr& thrown) {
          if (thrown) ++failed;
          all.count_down();
        });
  begin.set_value();
  all.wait();
  CHECK(failed == 1);
  CHECK(count(store) == 4);
}

TEST_CASE("a second server reads and does not write, until the first one is gone", "[store]") {
  const Place place("store-two");
  auto first = std::make_unique<Store>(StoreOptions{.location = place.file(), .today = [] { return spring; }}, nullptr);
  done(*first, adding("premier", "1"));
  Store second({.location = place.file(), .today = [] { return spring; }}, nullptr);
  CHECK(count(second) == 1);
  try {
    done(second, adding("second", "2"));
    FAIL("two servers write");
  } catch (const StoreError& error) {
    CHECK(error.fault() == Fault::held_elsewhere);
  }
  first.reset();
  done(second, adding("second", "2"));
  CHECK(count(second) == 2);
}

TEST_CASE("what is older than its retention is gone at the start, history included", "[store]") {
  const Place place("store-purge");
  std::string id;
  {
    Store store({.location = place.file(), .today = [] { return spring; }}, nullptr);
    done(store, [&](Ledger& ledger) {
      id = ledger.add(remark("ancienne remarque"), "1", spring).id;
      ledger.change({id, spring, State::published, "", "a"});
    });
  }
  const auto at = [&](int year, unsigned month, unsigned day) {
    Store store({.location = place.file(),
                 .retention_days = 365,
                 .today = [=] { return *domain::Date::make(year, month, day); }},
                nullptr);
    return count(store);
  };
  CHECK(at(2027, 3, 14) == 1);
  CHECK(at(2027, 3, 15) == 0);
  Ledger ledger(place.file());
  CHECK(ledger.changes({}).empty());
}

TEST_CASE("tokens are made, found by their secret alone, and not kept", "[token]") {
  const Place place("store-token");
  const auto made = made_token(Role::moderator, "Accueil", std::nullopt, spring);
  CHECK(made.secret.size() == 64);
  Ledger ledger(place.file());
  ledger.add(made.token);
  ledger.commit();
  const auto tokens = ledger.tokens();
  REQUIRE(tokens.size() == 1);
  CHECK(tokens.front().hash != made.secret);
  CHECK(token_of(tokens, made.secret, spring)->label == "Accueil");
  CHECK_FALSE(token_of(tokens, tokens.front().hash, spring));
  CHECK_FALSE(token_of(tokens, "", spring));
}

TEST_CASE("making a store leaves one file and its lock, however often it was begun", "[store]") {
  const Place place("store-made");
  {
    Store store({.location = place.file(), .today = [] { return spring; }}, nullptr);
    done(store, adding("a", "1"));
  }
  CHECK(place.files() == 2);
}
