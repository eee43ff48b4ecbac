#include "geo/ogr/gdal.hpp"

#include <exception>
#include <mutex>
#include <utility>

namespace geoprio::ogr {

namespace {

constexpr std::size_t most_messages = 50;  // a broken file repeats itself once a feature

}  // namespace

void register_drivers() {
  static std::once_flag once;
  std::call_once(once, [] { GDALAllRegister(); });
}

CaughtMessages::CaughtMessages() { CPLPushErrorHandlerEx(&CaughtMessages::listen, this); }

CaughtMessages::~CaughtMessages() { CPLPopErrorHandler(); }

void CPL_STDCALL CaughtMessages::listen(CPLErr severity, CPLErrorNum, const char* message) noexcept {
  auto* self = static_cast<CaughtMessages*>(CPLGetErrorHandlerUserData());
  if (self == nullptr || message == nullptr) return;
  auto& messages = severity >= CE_Failure ? self->failures_ : self->warnings_;
  if (severity < CE_Warning || messages.size() >= most_messages) return;
  // Nothing may be thrown through GDAL's C frames: without memory for the message, it is lost, the failure is not.
  try {
    if (messages.empty() || messages.back() != message) messages.emplace_back(message);
  } catch (const std::exception&) {
    return;
  }
}

std::string CaughtMessages::take_failures() {
  std::string joined;
  for (const auto& failure : std::exchange(failures_, {})) {
    if (!joined.empty()) joined += "; ";
    joined += failure;
  }
  return joined;
}

std::vector<std::string> CaughtMessages::take_warnings() { return std::exchange(warnings_, {}); }

}  // namespace geoprio::ogr
