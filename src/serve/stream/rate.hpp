#pragma once

namespace fer::serve {

/// When a thing is to be done that shall be done so often a second of a stream's own time.
class Rate {
 public:
  explicit Rate(double next = 0) : next_(next) {}

  /// Whether it is due at a time, in seconds; then the next one is due a period later. A time behind the last is no
  /// trouble. On the average the rate is kept where frames do not fall on its beats; what was missed is not made up
  /// for.
  bool take(double time_s, double period_s) {
    if (time_s < next_) return false;
    next_ = next_ + period_s > time_s ? next_ + period_s : time_s + period_s;
    return true;
  }

  double next() const { return next_; }

 private:
  double next_;
};

}  // namespace fer::serve
