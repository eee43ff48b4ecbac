// Header fields of a request or a response, looked up without regard to case (RFC 9110 §5.1).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace geoprio::service {

struct Header {
  std::string name;
  std::string value;
  bool operator==(const Header&) const = default;
};

/// Fields that many answers have in common, written once as they go on the wire.
/// Thread safety: immutable.
class FixedHeaders {
 public:
  explicit FixedHeaders(std::vector<Header> fields);
  [[nodiscard]] const std::vector<Header>& fields() const noexcept { return fields_; }
  /// `Name: value` and a line's end for each field.
  [[nodiscard]] std::string_view wire() const noexcept { return wire_; }

 private:
  std::vector<Header> fields_;
  std::string wire_;
};

class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> fields) : fields_(fields) {}

  /// The value of that field, or nothing. The view lives as long as this object is not changed.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  /// Replaces the field, or adds it.
  void set(std::string_view name, std::string value);
  /// Adds the field; to one that is already there as a further list element (RFC 9110 §5.3).
  void append(std::string_view name, std::string_view value);

  void clear() noexcept {
    fixed_.reset();
    fields_.clear();
  }
  /// Puts these before the fields of its own, which must have other names.
  void begin_with(std::shared_ptr<const FixedHeaders> fixed) { fixed_ = std::move(fixed); }
  /// What `begin_with` put; may be null.
  [[nodiscard]] const FixedHeaders* fixed() const noexcept { return fixed_.get(); }

  /// The fields of its own.
  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }

 private:
  std::shared_ptr<const FixedHeaders> fixed_;
  std::vector<Header> fields_;
};

/// Whether two ASCII words are the same but for the case of their letters.
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right);

}  // namespace geoprio::service
