#include "data/csv/faults.hpp"

#include <utility>

namespace fer::data::csv {
namespace {

constexpr std::size_t kShown = 20;

}  // namespace

void FaultList::add(std::size_t line, LineFault fault) {
  if (count_ == 0 || pixels_ != fault.pixels) pixels_ = count_ == 0 ? fault.pixels : 0;
  ++count_;
  if (first_.size() < kShown) first_.push_back({line, std::move(fault)});
}

void FaultList::append(const FaultList& later, std::size_t first_line) {
  for (const Located& located : later.first_)
    if (first_.size() < kShown) first_.push_back({first_line + located.line, located.fault});
  if (later.count_ > 0 && (count_ == 0 || pixels_ != later.pixels_)) pixels_ = count_ == 0 ? later.pixels_ : 0;
  count_ += later.count_;
}

void FaultList::clear() {
  first_.clear();
  count_ = 0;
  pixels_ = 0;
}

Error FaultList::error(const std::string& name) const {
  const auto describe = [&name](const Located& located) {
    return name + ":" + std::to_string(located.line + 1) + ":" + std::to_string(located.fault.column) + ": " +
           located.fault.message;
  };
  if (count_ == 1) return dataError(describe(first_.front()));
  std::string text = name + ": " + std::to_string(count_) + " faulty rows";
  text += count_ > first_.size() ? " (first " + std::to_string(first_.size()) + " shown):" : ":";
  for (const Located& located : first_) text += "\n  " + describe(located);
  return dataError(text);
}

}  // namespace fer::data::csv
