#include <fer/core/hash.hpp>
#include <fer/metrics/scores.hpp>
#include <iostream>
#include <vector>

int main() {
  const std::vector<int> labels{0, 0, 1, 2}, predictions{0, 1, 1, 2};
  fer::Sha256 hash;
  hash.add("abc");
  std::cout << fer::metrics::scores(fer::metrics::ConfusionMatrix(3, labels, predictions)).accuracy << " "
            << hash.hex();
}
