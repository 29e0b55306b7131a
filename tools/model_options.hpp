#pragma once

#include <cxxopts.hpp>
#include <filesystem>

#include "fer/engine/engine.hpp"
#include "fer/vision/detector.hpp"

/// The options of every command that sees faces: the network, what runs it, and what finds faces.
namespace fer::tools {

void addModelOption(cxxopts::Options& options);
void addDetectorOptions(cxxopts::Options& options);
void addEngineOptions(cxxopts::Options& options);

/// The network that is named, or that which comes with fer. Throws Error (usage) where it is not there.
std::filesystem::path modelFrom(const cxxopts::ParseResult& arguments);

vision::DetectorOptions detectorFrom(const cxxopts::ParseResult& arguments);
engine::EngineOptions engineFrom(const cxxopts::ParseResult& arguments);

}  // namespace fer::tools
