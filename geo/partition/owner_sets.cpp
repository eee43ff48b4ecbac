#include "geo/partition/owner_sets.hpp"

#include <algorithm>
#include <iterator>

namespace geoprio::partition {
namespace {

constexpr OwnerSetId no_set = 0xffffffffU;

std::size_t hash_of(std::span<const std::uint32_t> owners) {
  // splitmix64's finaliser over each owner: neighbouring numbers must not share slots.
  std::uint64_t hash = 0x9e3779b97f4a7c15U;
  for (const auto owner : owners) {
    hash ^= owner + 0x9e3779b97f4a7c15U;
    hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9U;
    hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebU;
    hash ^= hash >> 31U;
  }
  return hash;
}

}  // namespace

OwnerSets::OwnerSets() : starts_{0}, slots_(64, no_set) { interned({}); }

OwnerSetId OwnerSets::interned(std::span<const std::uint32_t> owners) {
  if (2 * size() >= slots_.size()) grow();
  std::size_t slot = hash_of(owners) & (slots_.size() - 1);
  for (; slots_[slot] != no_set; slot = (slot + 1) & (slots_.size() - 1))
    if (std::ranges::equal((*this)[slots_[slot]], owners)) return slots_[slot];
  const auto set = static_cast<OwnerSetId>(size());
  owners_.insert(owners_.end(), owners.begin(), owners.end());
  starts_.push_back(owners_.size());
  slots_[slot] = set;
  return set;
}

void OwnerSets::grow() {
  slots_.assign(slots_.size() * 2, no_set);
  for (OwnerSetId set = 0; set < size(); ++set) {
    std::size_t slot = hash_of((*this)[set]) & (slots_.size() - 1);
    while (slots_[slot] != no_set) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = set;
  }
}

void toggle(std::span<const std::uint32_t> set, std::span<const std::uint32_t> owners,
            std::vector<std::uint32_t>& toggled) {
  toggled.clear();
  std::ranges::set_symmetric_difference(set, owners, std::back_inserter(toggled));
}

}  // namespace geoprio::partition
