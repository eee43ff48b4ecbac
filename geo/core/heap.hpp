// How the process's heap holds memory and gives it back (glibc).
#pragma once

namespace geoprio {

/// At the start of the process, before there are threads. Arrays of megabytes then lie outside the heap and leave with
/// their last use: else glibc puts them into the heap from the second one on, and a load's peak is a fifth higher
/// (nation: 380 MB, not 291). What is smaller is kept for the next tile, up to 8 MB a thread: given back after each
/// one, its pages were a seventh of the time of a cold tile.
void settle_heap();

/// After a load: it leaves its garbage all over the heap, and glibc keeps what is not at a heap's end. The nation's
/// 35,357 communes: 271 MB resident before, 187 MB after.
void give_memory_back();

}  // namespace geoprio
