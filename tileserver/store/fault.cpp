#include "tileserver/store/fault.hpp"

#include "geo/ogr/updated_dataset.hpp"

namespace geoprio::store {

std::optional<Fault> fault_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const StoreError& error) {
    return error.fault();
  } catch (const ogr::UpdateError& error) {
    return error.fault() == ogr::UpdateFault::full ? Fault::full : Fault::unavailable;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace geoprio::store
