#include "tileserver/http/address_range.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <optional>
#include <string>

namespace geoprio::http {
namespace {

constexpr unsigned mapped_bits = 96;
constexpr AddressRange::Address mapped_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0};

bool is_mapped(const AddressRange::Address& address) {
  return std::equal(mapped_prefix.begin(), mapped_prefix.begin() + mapped_bits / 8, address.begin());
}

/// `address` with nothing behind its first `bits` bits.
AddressRange::Address masked(AddressRange::Address address, unsigned bits) {
  for (unsigned place = 0; place < address.size(); ++place) {
    const auto kept = static_cast<unsigned>(std::clamp(static_cast<int>(bits) - static_cast<int>(place * 8), 0, 8));
    address[place] = static_cast<std::uint8_t>(address[place] & (0xFF00U >> kept));
  }
  return address;
}

/// An address in text, and how many bits of IPv6 stand before what its family numbers.
struct Read {
  AddressRange::Address address{};
  unsigned before = 0;
};

std::optional<Read> address_in(const std::string& text) {
  Read read;
  if (::inet_pton(AF_INET6, text.c_str(), read.address.data()) == 1) return read;
  read = {mapped_prefix, mapped_bits};
  if (::inet_pton(AF_INET, text.c_str(), read.address.data() + mapped_bits / 8) == 1) return read;
  return std::nullopt;
}

/// Digits alone, no more than `most`.
std::optional<unsigned> count_in(std::string_view text, unsigned most) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  unsigned number = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + static_cast<unsigned>(digit - '0');
  }
  return number <= most ? std::optional(number) : std::nullopt;
}

std::string text_of(const AddressRange::Address& address, unsigned before) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool v4 = before == mapped_bits;
  ::inet_ntop(v4 ? AF_INET : AF_INET6, address.data() + (v4 ? mapped_bits / 8 : 0), text.data(), text.size());
  return text.data();
}

Unexpected<BilingualText> refused(std::string_view text, const std::string& french, const std::string& english) {
  const std::string quoted(text);
  return Unexpected{BilingualText{"« " + quoted + " » : " + french, "“" + quoted + "”: " + english}};
}

}  // namespace

Result<AddressRange, BilingualText> AddressRange::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto read = address_in(std::string(text.substr(0, slash)));
  if (!read)
    return refused(text, "attendu une adresse IP ou une plage, par exemple 127.0.0.1, 10.0.0.0/8 ou 2001:db8::/32",
                   "expected an IP address or a range, for example 127.0.0.1, 10.0.0.0/8 or 2001:db8::/32");
  if (slash == std::string_view::npos) return AddressRange(read->address, 128);
  const unsigned most = 128 - read->before;
  const auto written = count_in(text.substr(slash + 1), most);
  if (!written) {
    const auto number = std::to_string(most);
    return refused(text, "après la barre, attendu un nombre de bits de 0 à " + number,
                   "behind the slash, expected a number of bits from 0 to " + number);
  }
  const unsigned bits = read->before + *written;
  // A bit too many is more likely a slip of the pen than an odd way to write the range.
  if (const auto first = masked(read->address, bits); first != read->address) {
    const auto meant = text_of(first, read->before) + "/" + std::to_string(*written);
    return refused(text, "l'adresse a des bits au-delà de la plage ; écrivez " + meant,
                   "the address has bits beyond the range; write " + meant);
  }
  return AddressRange(read->address, bits);
}

bool AddressRange::contains(std::span<const std::uint8_t> address) const noexcept {
  Address whole = mapped_prefix;
  if (address.size() == whole.size())
    std::copy(address.begin(), address.end(), whole.begin());
  else if (address.size() == 4)
    std::copy(address.begin(), address.end(), whole.begin() + mapped_bits / 8);
  else
    return false;
  return is_mapped(whole) == is_mapped(first_) && masked(whole, bits_) == first_;
}

}  // namespace geoprio::http
