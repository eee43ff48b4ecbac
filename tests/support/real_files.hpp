// The real files that tests read: a folder named by GEOPRIO_TEST_DATA, never part of the repository.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>

namespace geoprio::tests {

/// The folder of real files, or nothing when the variable is unset or names no folder.
inline std::optional<std::filesystem::path> real_files() {
  const char* folder = std::getenv("GEOPRIO_TEST_DATA");
  if (folder == nullptr || !std::filesystem::is_directory(folder)) return std::nullopt;
  return std::filesystem::path(folder);
}

}  // namespace geoprio::tests

/// Skips the test case loudly when there are no real files.
#define GEOPRIO_REAL_FILES_OR_RETURN(variable)                                                 \
  const auto variable##_found = geoprio::tests::real_files();                                  \
  if (!variable##_found) {                                                                     \
    WARN("NOT RUN: GEOPRIO_TEST_DATA names no folder, so the real files are not tested here"); \
    return;                                                                                    \
  }                                                                                            \
  const std::filesystem::path& variable = *variable##_found
