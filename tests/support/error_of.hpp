#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "fer/core/error.hpp"

namespace fer::test {

/// What the Error says that an action throws, which must be of that fault; "no error" where it throws none.
inline std::string errorOf(Fault fault, const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), fault) << error.what();
    return error.what();
  }
  return "no error";
}

}  // namespace fer::test
