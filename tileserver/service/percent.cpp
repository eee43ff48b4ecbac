#include "tileserver/service/percent.hpp"

namespace geoprio::service {
namespace {

constexpr int hexadecimal_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

std::optional<std::string> decoded(std::string_view encoded, bool plus_is_space) {
  std::string bytes;
  bytes.reserve(encoded.size());
  for (std::size_t at = 0; at < encoded.size(); ++at) {
    if (encoded[at] == '+' && plus_is_space) {
      bytes.push_back(' ');
    } else if (encoded[at] == '%') {
      if (at + 2 >= encoded.size()) return std::nullopt;
      const int high = hexadecimal_value(encoded[at + 1]);
      const int low = hexadecimal_value(encoded[at + 2]);
      if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
      bytes.push_back(static_cast<char>(high * 16 + low));
      at += 2;
    } else {
      bytes.push_back(encoded[at]);
    }
  }
  if (bytes.find('\0') != std::string::npos || !well_formed_utf8(bytes)) return std::nullopt;
  return bytes;
}

struct LeadByte {
  std::size_t followers;
  unsigned char second_from, second_to;  ///< the range of the second byte; the others are 80..BF
};

std::optional<LeadByte> lead_byte(unsigned char byte) {
  if (byte < 0x80) return LeadByte{0, 0, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return LeadByte{1, 0x80, 0xBF};
  if (byte == 0xE0) return LeadByte{2, 0xA0, 0xBF};
  if (byte == 0xED) return LeadByte{2, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return LeadByte{2, 0x80, 0xBF};
  if (byte == 0xF0) return LeadByte{3, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return LeadByte{3, 0x80, 0xBF};
  if (byte == 0xF4) return LeadByte{3, 0x80, 0x8F};
  return std::nullopt;
}

}  // namespace

bool well_formed_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto lead = lead_byte(static_cast<unsigned char>(bytes[at]));
    if (!lead || at + lead->followers >= bytes.size()) return false;
    for (std::size_t follower = 1; follower <= lead->followers; ++follower) {
      const auto byte = static_cast<unsigned char>(bytes[at + follower]);
      const unsigned char from = follower == 1 ? lead->second_from : 0x80;
      const unsigned char to = follower == 1 ? lead->second_to : 0xBF;
      if (byte < from || byte > to) return false;
    }
    at += lead->followers;
  }
  return true;
}

std::optional<std::string> decoded_segment(std::string_view encoded) { return decoded(encoded, false); }

std::optional<std::string> decoded_query_part(std::string_view encoded) { return decoded(encoded, true); }

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char letter : text) {
    const bool unreserved = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                            (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '_' ||
                            letter == '~';
    if (unreserved) {
      encoded.push_back(letter);
      continue;
    }
    const auto byte = static_cast<unsigned char>(letter);
    encoded.push_back('%');
    encoded.push_back(digits[byte >> 4U]);
    encoded.push_back(digits[byte & 15U]);
  }
  return encoded;
}

}  // namespace geoprio::service
