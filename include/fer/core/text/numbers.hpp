#pragma once

#include <string>

namespace fer {

/// Numbers as text, whatever the locale. NaN is "nan", infinity "inf".

/// So many digits after the point, rounded as printf rounds: 0.06505 with 3 digits is "0.065".
std::string fixed(double value, int digits);

/// The fewest digits that read back as the same number: "0.1", "1e+06". A float's are a float's.
std::string shortest(double value);
std::string shortest(float value);

/// The double with a float's own digits, 0.1 for 0.1F, not those that the float has as a double.
double ownDigits(float value);

/// As `shortest`, but whole numbers below 1e15 stand without an exponent: "1000000".
std::string plain(double value);

/// Six significant digits, as printf's %g: "0.0002", "1e-07".
std::string compact(double value);

/// 1500000 as "1.50e+06".
std::string scientific(double value);

/// 7178 as "7,178".
std::string grouped(long long value);

}  // namespace fer
