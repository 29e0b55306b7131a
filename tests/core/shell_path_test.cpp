#include "fer/core/shell_path.hpp"

#include <gtest/gtest.h>

namespace fer {
namespace {

TEST(ShellPath, IsOneWordToAShell) {
  struct Case {
    const char* path;
    const char* word;
  };
  const Case cases[] = {
      {"experiments/vgg_block-2", "experiments/vgg_block-2"},
      {"my run", "'my run'"},
      {"it's", "'it'\\''s'"},
      {"a$b;c", "'a$b;c'"},
      {"~/run", "'~/run'"},
      {"-run", "./-run"},
      {"-my run", "'./-my run'"},
      {"\xC3\xA9t\xC3\xA9", "'\xC3\xA9t\xC3\xA9'"},
      {"", "''"},
  };
  for (const Case& c : cases) EXPECT_EQ(shellPath(c.path), c.word);
}

}  // namespace
}  // namespace fer
