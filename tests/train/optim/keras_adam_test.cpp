// Ten steps of our Adam against those of Keras 2.12 (the new one and optimizers.legacy) and Keras 3:
// fixtures/keras/*_traces.json, written by oracles/keras2_traces.py and keras3_traces.py.
//
// Keras rounds the betas to float32: the new Adam for its bias correction, the legacy one for its moments as well. The
// formula is proven on Keras in float64, with the betas rounded likewise. On purpose ours takes them as given: a step
// then differs from Keras' float32, in which 1 - 0.999 keeps four digits, by some 1e-5 of itself, v by as much.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "support/keras_fixture.hpp"
#include "train/optim/adam_step.hpp"
#include "train/optim/optimiser.hpp"

namespace fer::train {
namespace {

using nlohmann::json;
using test::numbers;

struct Trace {
  std::vector<std::vector<double>> values;  ///< after each step
  std::vector<double> m;
  std::vector<double> v;
};

std::vector<double> doubles(const std::vector<float>& values) {
  return {values.begin(), values.end()};
}

OptimiserOptions optionsOf(const json& given) {
  OptimiserOptions options;
  options.lr = given.at("lr");
  options.beta1 = given.value("beta1", options.beta1);
  options.beta2 = given.value("beta2", options.beta2);
  options.epsilon = given.value("epsilon", options.epsilon);
  return options;
}

std::vector<float> column(const json& gradients, std::size_t step) {
  std::vector<float> values;
  for (const json& gradient : gradients) values.push_back(gradient.at("steps").at(step).get<float>());
  return values;
}

std::vector<float> starts(const json& gradients) {
  std::vector<float> values;
  for (const json& gradient : gradients) values.push_back(gradient.at("start").get<float>());
  return values;
}

OptimiserOptions withRoundedBetas(OptimiserOptions options) {
  options.beta1 = test::rounded(options.beta1);
  options.beta2 = test::rounded(options.beta2);
  return options;
}

Trace byFunction(const OptimiserOptions& options, const OptimiserOptions& correction, const json& gradients,
                 std::size_t steps) {
  std::vector<float> p = starts(gradients);
  std::vector<float> m(p.size(), 0.0F);
  std::vector<float> v(p.size(), 0.0F);
  Trace trace;
  for (std::size_t step = 0; step < steps; ++step) {
    const double rate = correctedRate(correction, options.lr, static_cast<std::int64_t>(step) + 1);
    adamStep(p, m, v, column(gradients, step), options, rate);
    trace.values.push_back(doubles(p));
  }
  trace.m = doubles(m);
  trace.v = doubles(v);
  return trace;
}

std::vector<double> doubles(const at::Tensor& tensor) {
  const at::Tensor wide = tensor.detach().to(at::kDouble).contiguous();
  return {wide.data_ptr<double>(), wide.data_ptr<double>() + wide.numel()};
}

Trace byClass(const OptimiserOptions& options, const json& gradients, std::size_t steps) {
  at::Tensor parameter = at::tensor(starts(gradients)).requires_grad_();
  Optimiser adam({{"p", parameter}}, options);
  Trace trace;
  for (std::size_t step = 0; step < steps; ++step) {
    parameter.mutable_grad() = at::tensor(column(gradients, step));
    adam.step(options.lr);
    trace.values.push_back(doubles(parameter));
  }
  nn::TensorFile file;
  adam.save(file);
  trace.m = doubles(file.tensors.at("adam.m/p"));
  trace.v = doubles(file.tensors.at("adam.v/p"));
  return trace;
}

/// The largest difference of one parameter's way, as a share of how far from zero it came.
double wayDifference(const Trace& ours, const json& keras, std::size_t parameter, double start) {
  double reach = std::abs(start);
  double difference = 0;
  for (std::size_t step = 0; step < ours.values.size(); ++step) {
    const double value = keras.at(step).at(parameter).get<double>();
    reach = std::max(reach, std::abs(value));
    difference = std::max(difference, std::abs(ours.values[step][parameter] - value));
  }
  return difference == 0 ? 0 : difference / reach;
}

double shareDifference(const std::vector<double>& ours, const std::vector<double>& keras) {
  constexpr double kSmallest = 1e-30;  // below lie float32's subnormal numbers, which TensorFlow takes for zero
  double largest = 0;
  for (std::size_t i = 0; i < ours.size(); ++i)
    largest = std::max(largest, std::abs(ours[i] - keras.at(i)) / std::max(std::abs(keras[i]), kSmallest));
  return largest;
}

TEST(KerasAdam, TenStepsAreKeras) {
  for (const char* file : {"keras/keras2_traces.json", "keras/keras3_traces.json"}) {
    const json fixture = test::kerasFixture(file);
    const json& gradients = fixture.at("gradients");
    const std::vector<float> start = starts(gradients);
    std::map<std::string, double> largest;
    for (const json& c : fixture.at("adam")) {
      const bool exact = c.at("dtype") == "float64";
      const bool legacy = c.at("optimiser") == "legacy.Adam";
      const OptimiserOptions given = optionsOf(c.at("options"));
      const OptimiserOptions rounded = withRoundedBetas(given);
      const Trace ours =
          byFunction(exact && legacy ? rounded : given, exact ? rounded : given, gradients, c.at("values").size());
      const std::string name = c.at("optimiser").get<std::string>() + " " + c.at("dtype").get<std::string>();
      const double allowed = exact ? 1e-6 : 2e-5;
      for (std::size_t i = 0; i < start.size(); ++i) {
        const double difference = wayDifference(ours, c.at("values"), i, start[i]);
        largest[name] = std::max(largest[name], difference);
        EXPECT_LE(difference, allowed) << file << " " << name << " " << gradients.at(i).at("name") << c.at("options");
      }
      EXPECT_LE(shareDifference(ours.m, numbers(c.at("m"))), allowed) << name << " " << c.at("options");
      EXPECT_LE(shareDifference(ours.v, numbers(c.at("v"))), allowed) << name << " " << c.at("options");
    }
    for (const auto& [name, difference] : largest)
      std::cout << fixture.at("made_by").get<std::string>() << ": " << name << ": " << difference << "\n";
    EXPECT_EQ(fixture.at("adam").size(), largest.size() * 6);
  }
}

TEST(KerasAdam, TheClassStepsLikeTheFunction) {
  const json fixture = test::kerasFixture("keras/keras2_traces.json");
  for (const json& c : fixture.at("adam")) {
    const OptimiserOptions options = optionsOf(c.at("options"));
    const std::size_t steps = c.at("values").size();
    const Trace function = byFunction(options, options, fixture.at("gradients"), steps);
    const Trace cls = byClass(options, fixture.at("gradients"), steps);
    EXPECT_EQ(cls.values, function.values);
    EXPECT_EQ(cls.m, function.m);
    EXPECT_EQ(cls.v, function.v);
  }
}

}  // namespace
}  // namespace fer::train
