// The one place that knows c10d.
#include <ATen/ATen.h>
#include <torch/utils.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#include <utility>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/train/parallel/process_group.hpp"

namespace fer::train {
namespace {

constexpr std::chrono::minutes kMeeting{5};   ///< for all to start and read their data
constexpr std::chrono::minutes kWaiting{30};  ///< for the slowest in one exchange

std::string firstLine(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

using Gloo = c10d::ProcessGroupGloo;

/// By the interface that GLOO_SOCKET_IFNAME names, as PyTorch has it; over loopback where process 0 is there.
c10::intrusive_ptr<Gloo::Options> optionsFor(const Launch& launch) {
  auto options = Gloo::Options::create();
  options->timeout = kWaiting;
  const char* interface = std::getenv("GLOO_SOCKET_IFNAME");
  if (interface != nullptr && *interface != '\0')
    options->devices.push_back(Gloo::createDeviceForInterface(interface));
  else if (launch.address == "127.0.0.1" || launch.address == "localhost")
    options->devices.push_back(Gloo::createDeviceForHostname("127.0.0.1"));
  else
    options->devices.push_back(Gloo::createDefaultDevice());
  return options;
}

class GlooGroup : public ProcessGroup {
 public:
  explicit GlooGroup(const Launch& launch) : launch_(launch) {
    c10d::TCPStoreOptions options;
    // Launchers of another PyTorch may speak another language than this LibTorch's client.
    options.port = static_cast<std::uint16_t>(launch.port + (launch.agent_waits ? 1 : 0));
    options.isServer = launch.rank == 0;
    options.numWorkers = launch.size;
    options.timeout = kMeeting;
    try {
      store_ = c10::make_intrusive<c10d::TCPStore>(launch.address, options);
      group_ = c10::make_intrusive<Gloo>(store_, launch.rank, launch.size, optionsFor(launch));
    } catch (const std::exception& error) {
      throw Error(Fault::kOther, name() + " did not meet the others at " + launch.address + ":" +
                                     std::to_string(options.port) + " (" + firstLine(error.what()) +
                                     "). Are all of them started, and is the port free and reachable?");
    }
  }

  int rank() const override { return launch_.rank; }
  int size() const override { return launch_.size; }

  void sum(at::Tensor& numbers) override {
    const torch::NoGradGuard no_grad;
    at::Tensor here = numbers.cpu();
    std::vector<at::Tensor> list{here};
    exchange([&] { group_->allreduce(list)->wait(); });
    if (here.data_ptr() != numbers.data_ptr()) numbers.copy_(here);
  }

  std::string fromFirst(const std::string& text) override {
    at::Tensor length = at::full({1}, static_cast<std::int64_t>(text.size()), at::kLong);
    broadcast(length);
    at::Tensor bytes = at::zeros({length.item<std::int64_t>()}, at::kByte);
    if (bytes.numel() == 0) return {};
    if (rank() == 0) std::memcpy(bytes.data_ptr(), text.data(), text.size());
    broadcast(bytes);
    return {static_cast<const char*>(bytes.data_ptr()), static_cast<std::size_t>(bytes.numel())};
  }

 private:
  std::string name() const { return "process " + std::to_string(launch_.rank) + " of " + std::to_string(launch_.size); }

  void broadcast(at::Tensor& tensor) {
    std::vector<at::Tensor> list{tensor};
    exchange([&] { group_->broadcast(list)->wait(); });
  }

  template <class Work>
  void exchange(const Work& work) const {
    try {
      work();
    } catch (const std::exception& error) {
      throw Error(Fault::kOther,
                  name() + " lost the others: one of them has ended, or cannot be reached (" + firstLine(error.what()) +
                      "). What the last checkpoint holds is safe; start all of them again with --resume.");
    }
  }

  Launch launch_;
  c10::intrusive_ptr<c10d::Store> store_;
  c10::intrusive_ptr<Gloo> group_;
};

}  // namespace

std::unique_ptr<ProcessGroup> ProcessGroup::join(const Launch& launch) {
  return std::make_unique<GlooGroup>(launch);
}

}  // namespace fer::train
