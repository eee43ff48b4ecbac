// GDAL's handles with their owners, and its messages caught per thread. Private to geo/ogr.
#pragma once

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace geoprio::ogr {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* handle) const noexcept {
    release(handle);
  }
};

using DatasetHandle = std::unique_ptr<std::remove_pointer_t<GDALDatasetH>, Release<GDALClose>>;
using FeatureHandle = std::unique_ptr<std::remove_pointer_t<OGRFeatureH>, Release<OGR_F_Destroy>>;
using GeometryHandle = std::unique_ptr<std::remove_pointer_t<OGRGeometryH>, Release<OGR_G_DestroyGeometry>>;
using StringListHandle = std::unique_ptr<char*, Release<CSLDestroy>>;
using TextHandle = std::unique_ptr<char, Release<VSIFree>>;

/// GDALAllRegister, once for the process.
void register_drivers();

/// While it lives, what GDAL says on this thread is kept here instead of going to stderr. Nests like the scopes it is
/// in.
class CaughtMessages {
 public:
  CaughtMessages();
  ~CaughtMessages();
  CaughtMessages(const CaughtMessages&) = delete;
  CaughtMessages& operator=(const CaughtMessages&) = delete;

  /// The failures so far, joined by "; ", and forgets them. Empty when nothing failed.
  std::string take_failures();
  /// The warnings so far, and forgets them.
  std::vector<std::string> take_warnings();

 private:
  static void CPL_STDCALL listen(CPLErr severity, CPLErrorNum number, const char* message) noexcept;
  std::vector<std::string> failures_;
  std::vector<std::string> warnings_;
};

}  // namespace geoprio::ogr
