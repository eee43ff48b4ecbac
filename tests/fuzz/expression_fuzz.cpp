// Any bytes as a condition: parsing and evaluating must end, with a failure that points into the text at worst.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "geo/expression/expression.hpp"

using namespace geoprio::expression;

namespace {

// Every variable has a value; its type depends on its name, so that all pairs of types meet.
class AnyVariable final : public Variables {
 public:
  const geoprio::AttributeValue* find(std::string_view name) const override {
    return &values_[name.empty() ? 0 : static_cast<unsigned char>(name.front()) % 5U];
  }

 private:
  geoprio::AttributeValue values_[5] = {std::monostate(), true, std::int64_t{42}, -0.5,
                                        std::string("Crêt\xFF 2014-10-15")};
};

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(bytes, bytes + size);
  const auto expression = Expression::parse(text);
  if (!expression) {
    require(expression.error().position <= size);
    require(!expression.error().message.french.empty() && !expression.error().message.english.empty());
    return 0;
  }
  for (std::size_t number = 0; number < expression->nodes().size(); ++number)
    for (const auto operand : expression->nodes()[number].operands) require(operand < number);
  const auto truth = expression->evaluate(AnyVariable());
  // What a text means must not depend on parentheses around it, and NOT must turn it around.
  if (const auto turned = Expression::parse("NOT (" + text + ")"))
    require(turned->evaluate(AnyVariable()) == negation(truth));
  return 0;
}
