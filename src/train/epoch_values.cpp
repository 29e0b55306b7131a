#include "fer/train/epoch_values.hpp"

namespace fer::train {

void Sums::add(const Sums& other) {
  loss += other.loss;
  correct += other.correct;
  images += other.images;
}

}  // namespace fer::train
