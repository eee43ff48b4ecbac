#include "tileserver/store/store.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "tileserver/observability/log.hpp"
#include "tileserver/store/calendar.hpp"
#include "tileserver/store/fault.hpp"

namespace geoprio::store {
namespace {

// Together in one transaction at most: what waits meanwhile is not to wait long.
constexpr std::size_t longest_batch = 256;
// How often a new day is looked for.
constexpr std::chrono::minutes between_looks{10};

std::string words_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace

Store::Store(StoreOptions options, observability::Log* log)
    : options_(std::move(options)),
      log_(log),
      ledger_(options_.location),
      retention_days_(options_.retention_days),
      thread_([this](const std::stop_token& stopping) { run(stopping); }) {}

void Store::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Store::submit(Job job, Done done) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back({std::move(job), std::move(done)});
  changed_.notify_one();
}

void Store::keep_for(int days) {
  const std::lock_guard lock(mutex_);
  retention_days_ = days;
}

domain::Date Store::today() const { return options_.today ? options_.today() : store::today(); }

void Store::run(const std::stop_token& stopping) {
  while (true) {
    if (purged_ != today()) purge_what_is_old();
    auto batch = next(stopping);
    if (batch.empty() && stopping.stop_requested()) return;
    if (batch.empty()) continue;
    do_together(batch);
    if (said_held_ == false) say_whether_held();  // whoever held it may have left
  }
}

std::deque<Store::Waiting> Store::next(const std::stop_token& stopping) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stopping, between_looks, [this] { return !waiting_.empty(); });
  std::deque<Waiting> batch;
  while (!waiting_.empty() && batch.size() < longest_batch) {
    batch.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return batch;
}

void Store::do_together(std::deque<Waiting>& batch) {
  if (!attempt(batch.begin(), batch.end())) {
    for (const auto& one : batch) one.done(nullptr);
    return;
  }
  for (auto one = batch.begin(); one != batch.end(); ++one) {
    const auto thrown = attempt(one, one + 1);
    if (thrown && log_ != nullptr && fault_of(thrown) != Fault::held_elsewhere)
      log_->event("store_fault", {{"reason", words_of(thrown)}});
    one->done(thrown);
  }
}

/// One transaction, of all these or of none.
std::exception_ptr Store::attempt(std::deque<Waiting>::iterator first, const std::deque<Waiting>::iterator& last) {
  try {
    for (; first != last; ++first) first->job(ledger_);
    ledger_.commit();
    return nullptr;
  } catch (const std::exception&) {
    auto thrown = std::current_exception();
    ledger_.roll_back();
    // A connection may be gone for good. A full disk might not let a file be opened again, so that one stays open.
    const auto fault = fault_of(thrown);
    const bool of_use =
        fault == Fault::held_elsewhere || (fault == Fault::full && !ogr::is_database(options_.location));
    if (!of_use) ledger_.close();
    return thrown;
  }
}

void Store::purge_what_is_old() {
  say_whether_held();
  const auto day = today();
  int days = 0;
  {
    const std::lock_guard lock(mutex_);
    days = retention_days_;
  }
  std::size_t purged = 0;
  std::deque<Waiting> alone;
  alone.push_back({[&](Ledger& ledger) {
                     if (ledger.hold()) purged = ledger.purge(days_after(day, -days));
                   },
                   {}});
  const auto thrown = attempt(alone.begin(), alone.end());
  purged_ = day;  // what cannot be done now is tried tomorrow, not all the time
  if (thrown && log_ != nullptr) log_->event("store_fault", {{"reason", words_of(thrown)}});
  if (thrown || purged == 0) return;
  alone.front().job = [](Ledger& ledger) { ledger.settle(); };
  static_cast<void>(attempt(alone.begin(), alone.end()));
  if (log_ != nullptr) log_->event("store_purged", {{"contributions", std::to_string(purged)}});
}

void Store::say_whether_held() {
  bool held = false;
  try {
    held = ledger_.hold();
  } catch (const std::exception&) {
    return;  // said with the purge's own fault
  }
  if (log_ != nullptr && said_held_ != held)
    log_->event(held ? "store_held" : "store_held_elsewhere",
                {{"store", ogr::printable(options_.location)}, {"writes", held ? "yes" : "no"}});
  said_held_ = held;
}

}  // namespace geoprio::store
