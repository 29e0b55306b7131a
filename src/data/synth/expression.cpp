#include "data/synth/expression.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace fer::data {
namespace {

/// A feature, the ends of what can be drawn, and how much it differs between faces (one deviation).
struct Feature {
  float Expression::*place;
  float low;
  float high;
  float deviation;
};

constexpr Feature kFeatures[] = {
    {&Expression::brow_inner, -0.15F, 0.22F, 0.020F},   {&Expression::brow_outer, -0.10F, 0.20F, 0.020F},
    {&Expression::brow_pinch, -0.03F, 0.09F, 0.010F},   {&Expression::eye_open, 0.35F, 1.80F, 0.120F},
    {&Expression::eye_slant, -0.06F, 0.06F, 0.012F},    {&Expression::squint, 0.00F, 1.00F, 0.100F},
    {&Expression::mouth_corner, -0.17F, 0.20F, 0.018F}, {&Expression::mouth_width, 0.50F, 1.50F, 0.060F},
    {&Expression::mouth_open, 0.00F, 0.42F, 0.015F},    {&Expression::upper_lip, -0.02F, 0.12F, 0.008F},
    {&Expression::lip_press, 0.00F, 0.90F, 0.080F},     {&Expression::teeth, 0.00F, 1.00F, 0.150F},
    {&Expression::nose_wrinkle, 0.00F, 1.00F, 0.060F},  {&Expression::cheek_folds, 0.00F, 1.00F, 0.100F},
    {&Expression::frown_lines, 0.00F, 1.00F, 0.080F},   {&Expression::brow_lines, 0.00F, 1.00F, 0.080F},
};

struct NamedExpression {
  const char* name;
  Expression expression;
};

const NamedExpression kNamed[] = {
    {"angry",
     {.brow_inner = -0.12F,
      .brow_outer = 0.05F,
      .brow_pinch = 0.07F,
      .eye_open = 0.80F,
      .eye_slant = -0.04F,
      .squint = 0.35F,
      .mouth_corner = -0.06F,
      .mouth_width = 0.92F,
      .lip_press = 0.75F,
      .nose_wrinkle = 0.15F,
      .frown_lines = 1.0F}},
    {"disgust",
     {.brow_inner = -0.07F,
      .brow_outer = -0.02F,
      .brow_pinch = 0.03F,
      .eye_open = 0.55F,
      .squint = 0.8F,
      .mouth_corner = -0.09F,
      .mouth_width = 0.95F,
      .mouth_open = 0.07F,
      .upper_lip = 0.11F,
      .teeth = 0.6F,
      .nose_wrinkle = 1.0F,
      .cheek_folds = 0.9F,
      .frown_lines = 0.3F}},
    {"fear",
     {.brow_inner = 0.17F,
      .brow_outer = 0.03F,
      .brow_pinch = 0.06F,
      .eye_open = 1.55F,
      .eye_slant = 0.02F,
      .mouth_corner = -0.05F,
      .mouth_width = 1.22F,
      .mouth_open = 0.14F,
      .teeth = 0.6F,
      .frown_lines = 0.3F,
      .brow_lines = 0.9F}},
    {"happy",
     {.brow_outer = 0.02F,
      .eye_open = 0.78F,
      .squint = 0.7F,
      .mouth_corner = 0.16F,
      .mouth_width = 1.35F,
      .mouth_open = 0.11F,
      .upper_lip = 0.02F,
      .teeth = 0.9F,
      .cheek_folds = 0.8F}},
    {"sad",
     {.brow_inner = 0.13F,
      .brow_outer = -0.08F,
      .brow_pinch = 0.04F,
      .eye_open = 0.70F,
      .eye_slant = 0.05F,
      .mouth_corner = -0.14F,
      .mouth_width = 0.88F,
      .brow_lines = 0.3F}},
    {"surprise",
     {.brow_inner = 0.17F,
      .brow_outer = 0.16F,
      .eye_open = 1.60F,
      .mouth_width = 0.66F,
      .mouth_open = 0.34F,
      .brow_lines = 0.8F}},
    {"neutral", {}},
};

/// Class `index` of a set without names that we know: each feature steps by its own irrational number, so that any
/// number of classes is spread over all of them.
Expression spreadBy(std::size_t index) {
  Expression result;
  double step = 0;
  for (const Feature& feature : kFeatures) {
    step += std::sqrt(2.0) - 1;
    const double turns = static_cast<double>(index) * (0.5 + step) + 0.5;
    result.*feature.place = feature.low + (feature.high - feature.low) * static_cast<float>(turns - std::floor(turns));
  }
  return result;
}

}  // namespace

Expression expressionOf(const std::string& class_name, std::size_t index) {
  for (const NamedExpression& named : kNamed)
    if (class_name == named.name) return named.expression;
  return spreadBy(index);
}

Expression varied(const Expression& expression, RandomStream& stream) {
  constexpr double kWeakest = 0.45;
  constexpr double kStrongest = 1.15;
  const auto strength = static_cast<float>(stream.uniform(kWeakest, kStrongest));
  const Expression rest;
  Expression result;
  for (const Feature& feature : kFeatures) {
    const float at_rest = rest.*feature.place;
    const float value = at_rest + strength * (expression.*feature.place - at_rest) +
                        feature.deviation * static_cast<float>(stream.normal());
    result.*feature.place = std::clamp(value, feature.low, feature.high);
  }
  return result;
}

}  // namespace fer::data
