// Stands in for NVIDIA's driver, libcuda.so.1: two GPUs that can say their names and nothing else.

#include <cstdio>

extern "C" {

int cuInit(unsigned flags) {
  return flags == 0 ? 0 : 1;
}

int cuDeviceGet(int* device, int ordinal) {
  *device = ordinal + 7;  // a handle need not be the ordinal
  return ordinal < 2 ? 0 : 101;
}

int cuDeviceGetName(char* name, int length, int device) {
  std::snprintf(name, static_cast<std::size_t>(length), "Drawn GPU %d", device - 7);
  return 0;
}
}
