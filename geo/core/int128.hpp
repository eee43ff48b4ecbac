// 128-bit integers for exact predicates; -Wpedantic knows them only as an extension.
#pragma once

namespace geoprio {

__extension__ using int128 = __int128;

}  // namespace geoprio
