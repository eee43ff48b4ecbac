// What the kernel says of this process's memory.
#pragma once

#include <fstream>
#include <string>

namespace geoprio::bench {

/// A line of /proc/self/status in kilobytes: `VmRSS` is what is resident now, `VmHWM` the most there ever was.
/// 0 when there is no such line.
inline long kilobytes(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name + ":")) return std::stol(line.substr(name.size() + 1));
  return 0;
}

}  // namespace geoprio::bench
