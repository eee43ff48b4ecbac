#include "geo/ogr/source_values.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace geoprio::ogr {

namespace {

FieldType type_of(OGRFieldDefnH definition) {
  switch (OGR_Fld_GetType(definition)) {
    case OFTInteger:
      return OGR_Fld_GetSubType(definition) == OFSTBoolean ? FieldType::boolean : FieldType::integer;
    case OFTInteger64:
      return FieldType::integer;
    case OFTReal:
      return FieldType::real;
    default:
      return FieldType::text;
  }
}

/// "2014-10-15", "08:30:00", or both with a T; the zone only when the source knows it (GDAL: 100 is UTC, a step is 15
/// min).
std::string iso_text(OGRFeatureH feature, int index, OGRFieldType type) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
  float second = 0;
  OGR_F_GetFieldAsDateTimeEx(feature, index, &year, &month, &day, &hour, &minute, &second, &zone);
  std::array<char, 64> date{};
  std::array<char, 64> time{};
  std::snprintf(date.data(), date.size(), "%04d-%02d-%02d", year, month, day);
  std::snprintf(time.data(), time.size(), "%02d:%02d:%02d", hour, minute, static_cast<int>(second));
  if (type == OFTDate) return date.data();
  if (type == OFTTime) return time.data();
  std::string text = std::string(date.data()) + "T" + time.data();
  if (zone == 100) return text + "Z";
  if (zone <= 1) return text;
  const int minutes = (zone - 100) * 15;
  std::array<char, 32> offset{};
  std::snprintf(offset.data(), offset.size(), "%c%02d:%02d", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                std::abs(minutes) % 60);
  return text + offset.data();
}

std::string joined_list(OGRFeatureH feature, int index, TextDecoder& decoder) {
  const OGRFeatureDefnH definition = OGR_F_GetDefnRef(feature);
  std::string joined;
  auto add = [&joined, first = true](const std::string& item) mutable {
    joined += first ? item : ";" + item;
    first = false;
  };
  int count = 0;
  switch (OGR_Fld_GetType(OGR_FD_GetFieldDefn(definition, index))) {
    case OFTStringList: {
      char** items = OGR_F_GetFieldAsStringList(feature, index);
      for (int item = 0; item < CSLCount(items); ++item) add(decoder.text(items[item]));
      break;
    }
    case OFTIntegerList: {
      const int* items = OGR_F_GetFieldAsIntegerList(feature, index, &count);
      for (int item = 0; item < count; ++item) add(std::to_string(items[item]));
      break;
    }
    case OFTInteger64List: {
      const GIntBig* items = OGR_F_GetFieldAsInteger64List(feature, index, &count);
      for (int item = 0; item < count; ++item) add(std::to_string(items[item]));
      break;
    }
    default:
      return OGR_F_GetFieldAsString(feature, index);
  }
  return joined;
}

AttributeValue number_or_unknown(double number) {
  if (!std::isfinite(number)) return {};
  return number;
}

}  // namespace

std::vector<Field> fields_of(OGRFeatureDefnH definition, TextDecoder& decoder) {
  std::vector<Field> fields;
  for (int index = 0; index < OGR_FD_GetFieldCount(definition); ++index) {
    const OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, index);
    fields.push_back({.name = decoder.text(OGR_Fld_GetNameRef(field)), .type = type_of(field)});
  }
  return fields;
}

AttributeValue value_of(OGRFeatureH feature, int index, TextDecoder& decoder) {
  if (OGR_F_IsFieldSetAndNotNull(feature, index) == 0) return {};
  const OGRFieldDefnH field = OGR_F_GetFieldDefnRef(feature, index);
  const OGRFieldType type = OGR_Fld_GetType(field);
  switch (type) {
    case OFTInteger:
      if (OGR_Fld_GetSubType(field) == OFSTBoolean) return OGR_F_GetFieldAsInteger(feature, index) != 0;
      return std::int64_t{OGR_F_GetFieldAsInteger(feature, index)};
    case OFTInteger64:
      return std::int64_t{OGR_F_GetFieldAsInteger64(feature, index)};
    case OFTReal:
      return number_or_unknown(OGR_F_GetFieldAsDouble(feature, index));
    case OFTDate:
    case OFTTime:
    case OFTDateTime:
      return iso_text(feature, index, type);
    case OFTBinary:
      return {};
    case OFTString:
      return decoder.text(OGR_F_GetFieldAsString(feature, index));
    default:
      return joined_list(feature, index, decoder);
  }
}

}  // namespace geoprio::ogr
