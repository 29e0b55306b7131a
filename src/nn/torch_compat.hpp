#pragma once

#include <torch/version.h>

/// What differs between the LibTorch versions that fer builds with, 1.13 to 2.13.

/// Whether c10::Allocator is the one from LibTorch 2.3 on: allocate() is not const, and copy_data() must be there.
#define FER_TORCH_ALLOCATOR_COPIES (TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3))
