#pragma once

#include <span>
#include <string>

namespace fer {

/// The texts in their order with the separator between them; "" for none.
std::string joined(std::span<const std::string> texts, const std::string& separator = ", ");

}  // namespace fer
