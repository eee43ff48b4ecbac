#include "geo/core/heap.hpp"

#include <malloc.h>

namespace geoprio {

void settle_heap() {
  // NOLINTBEGIN(concurrency-mt-unsafe): called at the start, before there are threads
  ::mallopt(M_MMAP_THRESHOLD, 2 << 20);
  ::mallopt(M_TRIM_THRESHOLD, 8 << 20);
  // NOLINTEND(concurrency-mt-unsafe)
}

void give_memory_back() { ::malloc_trim(0); }

}  // namespace geoprio
